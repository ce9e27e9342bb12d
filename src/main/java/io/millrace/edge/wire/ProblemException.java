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
   * @param partOfBody the part of the body that had been read
   */
  public ProblemException(Problem problem, byte[] partOfBody) {
    // No stack trace: a refusal is an answer, not a fault, and the trace would cost more than it.
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
