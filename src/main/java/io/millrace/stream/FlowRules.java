package io.millrace.stream;

import io.millrace.rule.EngagementRules;
import io.millrace.rule.InvalidRulesException;
import io.millrace.rule.Lifecycles;
import io.millrace.rule.OrderingRules;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** All that is declared under {@code topology/rules}. */
public record FlowRules(OrderingRules ordering, EngagementRules engagement, Lifecycles lifecycles) {

  /**
   * Reads every file of the folder.
   *
   * @throws InvalidRulesException when a file of the engagement rules or lifecycles.yaml is not
   *     valid
   * @throws IllegalArgumentException when another file is not valid
   * @throws UncheckedIOException when a file cannot be read
   */
  public static FlowRules load(Path directory) {
    return new FlowRules(
        OrderingFile.read(directory.resolve("ordering.yaml")),
        EngagementRules.load(directory),
        Lifecycles.load(directory));
  }
}
