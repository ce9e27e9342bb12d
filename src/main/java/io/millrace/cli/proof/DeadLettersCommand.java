package io.millrace.cli.proof;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code dead-letters}: what could not be processed, and its replay. */
@Command(
    name = "dead-letters",
    description = "Lists, shows and replays what could not be processed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class
    })
public final class DeadLettersCommand extends CommandGroup {}
