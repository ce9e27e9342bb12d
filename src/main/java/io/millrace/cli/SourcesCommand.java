package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is connected, what could be, and whether a captured request would verify. */
@Command(
    name = "sources",
    description = "What is connected and what could be; what would become of a captured request.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SourcesListCommand.class, SourcesTestCommand.class})
public final class SourcesCommand implements Runnable {
  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: sources list, or sources test");
  }
}
