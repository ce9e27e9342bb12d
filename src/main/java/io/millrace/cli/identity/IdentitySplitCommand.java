package io.millrace.cli.identity;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decides that two identifiers are never one person, or one account. */
@Command(
    name = "split",
    description = {
      "Decides that two identifiers are never one person, or one account.",
      "Events, scores and signals of each go back to the person it belongs to. It counts until you"
          + " withdraw it, or join the same two. Try --dry-run first."
    },
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: it is so now, 1: it is not, or not within --wait."})
final class IdentitySplitCommand extends PairDecisionCommand {
  @Option(
      names = "--in-advance",
      description = "Decide it even if they are not one now, so that they never become one.")
  private boolean inAdvance;

  IdentitySplitCommand() {
    this(new ClusterDesks());
  }

  IdentitySplitCommand(Desks desks) {
    super(desks);
  }

  @Override
  Verb verb() {
    return Verb.SPLIT;
  }

  @Override
  boolean isInAdvance() {
    return inAdvance;
  }
}
