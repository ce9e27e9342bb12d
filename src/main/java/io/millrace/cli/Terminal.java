package io.millrace.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where commands print to; nothing else does. Deliveries are written by strangers: a control
 * character in one could change the title of a terminal, clear its screen, or show what nobody
 * printed. So everything printed passes {@link SafeText}.
 */
public final class Terminal {
  private Terminal() {}

  /** The standard output of a command, which makes everything printed to it safe. */
  public static PrintWriter out(CommandSpec command) {
    return SafeText.writer(command.commandLine().getOut());
  }

  /** The standard error of a command, likewise. */
  public static PrintWriter err(CommandSpec command) {
    return SafeText.writer(command.commandLine().getErr());
  }

  /**
   * The standard output as it is, only for what moves the cursor and shows nothing from outside.
   */
  public static PrintWriter drawing(CommandSpec command) {
    return command.commandLine().getOut();
  }
}
