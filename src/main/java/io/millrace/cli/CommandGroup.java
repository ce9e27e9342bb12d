package io.millrace.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: without a subcommand it lists the available ones. */
public abstract class CommandGroup implements Runnable {
  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        spec.subcommands().keySet().stream()
            .map(subcommand -> spec.name() + " " + subcommand)
            .collect(Collectors.joining(", or ", "Missing subcommand: ", "")));
  }

  /** The command as picocli knows it, with the streams to write to. */
  public final CommandSpec spec() {
    return spec;
  }
}
