package io.millrace.cli.identity;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes back what was decided. */
@Command(
    name = "withdraw",
    description = {
      "Takes back what was decided about two identifiers, or about one.",
      "Then the rules alone say again who is who."
    },
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: it is withdrawn, 1: nothing was decided, or not within --wait."})
final class IdentityWithdrawCommand extends DecisionCommand {
  @Parameters(index = "0", paramLabel = "A", description = "An identifier, as for identity show.")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      description = "The other one, if two were joined or split; none to unblock A.")
  private Optional<String> second = Optional.empty();

  IdentityWithdrawCommand() {
    this(new ClusterDesks());
  }

  IdentityWithdrawCommand(Desks desks) {
    super(desks);
  }

  @Override
  Verb verb() {
    return Verb.WITHDRAW;
  }

  @Override
  List<String> about() {
    return second.map(other -> List.of(first, other)).orElse(List.of(first));
  }
}
