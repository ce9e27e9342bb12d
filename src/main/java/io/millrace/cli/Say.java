package io.millrace.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Says something to whoever sits at the terminal, apart from what a log collector reads. */
public final class Say {
  private Say() {}

  /** One line on standard error. */
  public static void to(CommandSpec command, String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println("millrace: " + line);
    err.flush();
  }
}
