package io.millrace.app;

/** The exit codes every command uses. */
public final class Exit {
  /** Success, or the answer is yes. */
  public static final int DONE = 0;

  /** The answer is no: a ledger does not balance, a schema is incompatible. */
  public static final int NO = 1;

  /** The command line, a setting or a file named by them is wrong. */
  public static final int USAGE = 2;

  /** Something could not be reached or started. */
  public static final int UNREACHABLE = 3;

  private Exit() {}
}
