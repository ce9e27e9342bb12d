package io.millrace.bench.command;

import io.millrace.app.LogInMemory;
import io.millrace.cli.CommandGroup;
import io.millrace.cli.EdgeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench}: what Millrace costs, measured here. */
@Command(
    name = "bench",
    description = {
      "Measures what Millrace costs on this machine, and compares it with references in the same"
          + " run.",
      "Each benchmark prints its figures, their limits, and their ratios to a reference. It ends"
          + " with 1 if what it measured produced a wrong result. An exceeded limit is shown but"
          + " is not a failure, because machines differ. CPU is the user and system time of the"
          + " measured process alone."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand extends CommandGroup {

  /** The command with its benchmarks and the servers they start. */
  public static CommandLine complete() {
    CommandLine edge = new CommandLine(new EdgeCommand(new LogInMemory()));
    edge.getCommandSpec().usageMessage().hidden(true);
    return new CommandLine(new BenchCommand())
        .addSubcommand(new BenchEdgeCommand())
        .addSubcommand(new BenchStreamCommand())
        .addSubcommand(new BenchStoreCommand())
        .addSubcommand(new BenchHostileCommand())
        .addSubcommand(new BenchReferenceCommand())
        .addSubcommand(new BenchBareServerCommand())
        .addSubcommand("edge-in-memory", edge);
  }
}
