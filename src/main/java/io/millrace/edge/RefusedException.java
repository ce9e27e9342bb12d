package io.millrace.edge;

/** Ends the handling of a request with a problem; {@link AnswerProblem} answers it. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Never serialized: it does not leave the server that throws it.
  private final transient Problem problem;

  RefusedException(Problem problem) {
    // A refusal is an answer, not a fault: no stack trace, which would cost more than the answer.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
