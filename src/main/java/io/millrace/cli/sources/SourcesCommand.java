package io.millrace.cli.sources;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** What is connected, what could be, and whether a captured request would verify. */
@Command(
    name = "sources",
    description = "Lists connected sources and the catalogue, and tests captured requests.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SourcesListCommand.class, SourcesTestCommand.class, SourcesTwinCommand.class})
public final class SourcesCommand extends CommandGroup {}
