package io.millrace.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Prints messages for the person at the terminal, separate from the log that a collector reads. */
public final class Say {
  private Say() {}

  /** One line on standard error. */
  public static void to(CommandSpec command, String line) {
    PrintWriter err = Terminal.err(command);
    err.println("millrace: " + line);
    err.flush();
  }
}
