package io.millrace.cli.traffic;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** What a running edge received last, and captures of it. */
@Command(
    name = "deliveries",
    description = {
      "What a running edge received last, verified or not, and captures of it.",
      "Each edge keeps its own in memory: as many, as much and as long as edge.inspector.* say."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeliveriesListCommand.class,
      DeliveriesShowCommand.class,
      DeliveriesCaptureCommand.class
    })
public final class DeliveriesCommand extends CommandGroup {}
