package io.millrace.cli.traffic;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The latest deliveries of a running edge, and captures of them. */
@Command(
    name = "deliveries",
    description = {
      "Shows the latest deliveries of a running edge, verified or not, and captures them.",
      "Each edge keeps its own in memory; the settings edge.inspector.* limit number, size and age."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeliveriesListCommand.class,
      DeliveriesShowCommand.class,
      DeliveriesCaptureCommand.class
    })
public final class DeliveriesCommand extends CommandGroup {}
