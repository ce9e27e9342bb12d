package io.millrace.cli.proof;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code dead-letters}: what could not be processed, and another try at it. */
@Command(
    name = "dead-letters",
    description = "Lists what could not be processed, shows it in full, and replays it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class
    })
public final class DeadLettersCommand extends CommandGroup {}
