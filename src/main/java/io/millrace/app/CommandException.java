package io.millrace.app;

/** Ends a command with a message for people and an exit code; no stack trace is shown for it. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Something the caller typed or configured is wrong; the message says what and how to fix it. */
  public static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, message);
  }

  /** The answer is no; the message says what was looked for and not found. */
  public static CommandException no(String message) {
    return new CommandException(Exit.NO, message);
  }

  /** Something could not be reached or started; the message says what, where, and what to check. */
  public static CommandException unreachable(String message) {
    return new CommandException(Exit.UNREACHABLE, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
