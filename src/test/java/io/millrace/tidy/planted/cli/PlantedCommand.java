package io.millrace.tidy.planted.cli;

import picocli.CommandLine;

/** A command that prints without making it safe. */
public final class PlantedCommand {
  public void print(CommandLine command) {
    command.getOut().println("from a stranger");
  }
}
