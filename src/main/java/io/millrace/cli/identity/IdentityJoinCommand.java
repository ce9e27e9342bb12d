package io.millrace.cli.identity;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decides that two identifiers are one person, or one account. */
@Command(
    name = "join",
    description = {
      "Decides that two identifiers are one person, or one account, whatever a limit says.",
      "It counts until you withdraw it, or split the same two. Try --dry-run first."
    },
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: it is so now, 1: it is not, or not within --wait."})
final class IdentityJoinCommand extends PairDecisionCommand {
  @Option(
      names = "--in-advance",
      description = "Decide it even if they are one already, so that no limit separates them.")
  private boolean inAdvance;

  IdentityJoinCommand() {
    this(new ClusterDesks());
  }

  IdentityJoinCommand(Desks desks) {
    super(desks);
  }

  @Override
  Verb verb() {
    return Verb.JOIN;
  }

  @Override
  boolean isInAdvance() {
    return inAdvance;
  }
}
