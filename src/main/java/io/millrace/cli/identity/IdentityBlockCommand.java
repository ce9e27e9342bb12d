package io.millrace.cli.identity;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Decides that an identifier joins nobody. */
@Command(
    name = "block",
    description = {
      "Decides that an identifier joins nobody, such as an address that many people use.",
      "What it alone held together falls apart. It counts until you withdraw it. Try --dry-run"
          + " first."
    },
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: it is so now, 1: it is not, or not within --wait."})
final class IdentityBlockCommand extends DecisionCommand {
  @Parameters(paramLabel = "X", description = "An identifier, as for identity show.")
  private String typed = "";

  IdentityBlockCommand() {
    this(new ClusterDesks());
  }

  IdentityBlockCommand(Desks desks) {
    super(desks);
  }

  @Override
  Verb verb() {
    return Verb.BLOCK;
  }

  @Override
  List<String> about() {
    return List.of(typed);
  }
}
