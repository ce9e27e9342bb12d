package io.millrace.stream;

import io.millrace.rule.EngagementRules;
import io.millrace.rule.OrderingRules;
import java.nio.file.Path;

/** The rules of topology/rules, for tests with one part in place of the real one. */
final class TestRules {
  private static final FlowRules REAL = FlowRules.load(Path.of("topology", "rules"));

  private TestRules() {}

  static FlowRules real() {
    return REAL;
  }

  static FlowRules with(OrderingRules ordering) {
    return new FlowRules(ordering, REAL.engagement(), REAL.usage(), REAL.context());
  }

  static FlowRules with(EngagementRules engagement) {
    return new FlowRules(REAL.ordering(), engagement, REAL.usage(), REAL.context());
  }
}
