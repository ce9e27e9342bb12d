package io.millrace.cli.identity;

import java.util.List;
import picocli.CommandLine.Parameters;

/** A decision about two identifiers. */
abstract class PairDecisionCommand extends DecisionCommand {
  @Parameters(index = "0", paramLabel = "A", description = "An identifier, as for identity show.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String second = "";

  PairDecisionCommand(Desks desks) {
    super(desks);
  }

  @Override
  final List<String> about() {
    return List.of(first, second);
  }
}
