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
      "Measures what Millrace costs on this machine, beside references in the same run.",
      "Each prints a figure, its limit and its ratio to a reference, and ends with 1 when an answer"
          + " of what was measured is wrong. A limit that is not kept to is shown, and no failure:"
          + " machines differ. CPU is user and system time of the process that is measured, alone."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand extends CommandGroup {

  /** With everything it measures, and the servers it starts for that. */
  public static CommandLine complete() {
    CommandLine edge = new CommandLine(new EdgeCommand(new LogInMemory()));
    edge.getCommandSpec().usageMessage().hidden(true);
    return new CommandLine(new BenchCommand())
        .addSubcommand(new BenchEdgeCommand())
        .addSubcommand(new BenchStreamCommand())
        .addSubcommand(new BenchStoreCommand())
        .addSubcommand(new BenchReferenceCommand())
        .addSubcommand(new BenchBareServerCommand())
        .addSubcommand("edge-in-memory", edge);
  }
}
