package io.millrace.edge.wire;

/** Ends the handling of a request with a problem; {@link RouteProblems} answers it. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Never serialized: it does not leave the server that throws it.
  private final transient Problem problem;

  private final transient byte[] partOfBody;

  ProblemException(Problem problem) {
    this(problem, new byte[0]);
  }

  /**
   * @param partOfBody what had been read of the body by then
   */
  public ProblemException(Problem problem, byte[] partOfBody) {
    // A refusal is an answer, not a fault: no stack trace, which would cost more than the answer.
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.partOfBody = partOfBody;
  }

  public Problem problem() {
    return problem;
  }

  public byte[] partOfBody() {
    return partOfBody;
  }
}
