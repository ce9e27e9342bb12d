package io.millrace.stream;

import io.millrace.rule.ContextRules;
import io.millrace.rule.EngagementRules;
import io.millrace.rule.OrderingRules;
import io.millrace.rule.UsageRules;
import java.nio.file.Path;

/** The rules of topology/rules, for tests with one part in place of the real one. */
final class TestRules {
  private static final FlowRules REAL = FlowRules.load(Path.of("topology", "rules"));

  private TestRules() {}

  static FlowRules real() {
    return REAL;
  }

  static FlowRules with(OrderingRules ordering) {
    return of(ordering, REAL.engagement(), REAL.usage(), REAL.context());
  }

  static FlowRules with(EngagementRules engagement) {
    return of(REAL.ordering(), engagement, REAL.usage(), REAL.context());
  }

  static FlowRules with(UsageRules usage) {
    return of(REAL.ordering(), REAL.engagement(), usage, REAL.context());
  }

  static FlowRules with(ContextRules context) {
    return of(REAL.ordering(), REAL.engagement(), REAL.usage(), context);
  }

  private static FlowRules of(
      OrderingRules ordering, EngagementRules engagement, UsageRules usage, ContextRules context) {
    return new FlowRules(ordering, engagement, usage, context, REAL.lifecycles(), REAL.fields());
  }
}
