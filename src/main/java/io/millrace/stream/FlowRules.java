package io.millrace.stream;

import io.millrace.rule.EngagementRules;
import io.millrace.rule.InvalidRulesException;
import io.millrace.rule.OrderingRules;
import java.nio.file.Path;

/** All that is declared under {@code topology/rules}. */
public record FlowRules(OrderingRules ordering, EngagementRules engagement) {

  /**
   * Reads every file of the folder.
   *
   * @throws InvalidRulesException when a file is not valid or cannot be read
   */
  public static FlowRules load(Path directory) {
    return new FlowRules(OrderingRules.load(directory), EngagementRules.load(directory));
  }
}
