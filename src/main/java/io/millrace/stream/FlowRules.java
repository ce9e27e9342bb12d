package io.millrace.stream;

import io.millrace.rule.ContextRules;
import io.millrace.rule.EngagementRules;
import io.millrace.rule.InvalidRulesException;
import io.millrace.rule.Lifecycles;
import io.millrace.rule.OrderingRules;
import io.millrace.rule.UsageRules;
import io.millrace.source.FieldRules;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** All that is declared under {@code topology/rules}. */
public record FlowRules(
    OrderingRules ordering,
    EngagementRules engagement,
    UsageRules usage,
    ContextRules context,
    Lifecycles lifecycles,
    FieldRules fields) {

  /**
   * Reads every file of the folder.
   *
   * @throws InvalidRulesException when a file is not valid
   * @throws UncheckedIOException when a file cannot be read
   */
  public static FlowRules load(Path directory) {
    OrderingRules ordering = OrderingRules.load(directory);
    EngagementRules engagement = EngagementRules.load(directory);
    return new FlowRules(
        ordering,
        engagement,
        UsageRules.load(directory, engagement.activities()),
        ContextRules.load(directory),
        Lifecycles.load(directory),
        FieldRules.load(directory));
  }
}
