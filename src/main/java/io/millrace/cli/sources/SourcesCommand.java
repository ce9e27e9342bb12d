package io.millrace.cli.sources;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** What is connected, what could be, and whether a captured request would verify. */
@Command(
    name = "sources",
    description = "What is connected and what could be; what would become of a captured request.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SourcesListCommand.class, SourcesTestCommand.class, SourcesTwinCommand.class})
public final class SourcesCommand extends CommandGroup {}
