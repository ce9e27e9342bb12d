package io.millrace.cli.identity;

import io.millrace.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code identity}: who is who, and what operators decide about it. */
@Command(
    name = "identity",
    description = "Shows who is who and why, joins and separates people and accounts.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      IdentityShowCommand.class,
      IdentityJoinCommand.class,
      IdentitySplitCommand.class,
      IdentityBlockCommand.class,
      IdentityWithdrawCommand.class
    })
public final class IdentityCommand extends CommandGroup {}
