package io.millrace.flow.testing;

import io.millrace.flow.EngagementRules;
import io.millrace.flow.FlowRules;
import io.millrace.flow.engagement.ContextRules;
import io.millrace.flow.order.OrderingRule;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.usage.UsageRules;
import io.millrace.identity.IdentityRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The rules of topology/rules, for tests with one part in place of the real one. */
public final class TestRules {
  private static final FlowRules REAL =
      FlowRules.load(Path.of("topology", "topics.yaml"), Path.of("topology", "rules"));

  private TestRules() {}

  public static FlowRules real() {
    return REAL;
  }

  /** The real ones, but nobody waits for minutes for what may never come. */
  public static FlowRules impatient() {
    Map<String, OrderingRule> records = new HashMap<>();
    REAL.ordering().records().forEach((type, rule) -> records.put(type, impatient(rule)));
    OrderingRule others = impatient(REAL.ordering().defaults());
    return with(new OrderingRules(others, records, REAL.ordering().maxWaiting()));
  }

  private static OrderingRule impatient(OrderingRule rule) {
    Duration longest = Duration.ofSeconds(5);
    Duration wait = rule.prerequisiteWait();
    return new OrderingRule(
        rule.reorderWindow(),
        wait.compareTo(longest) < 0 ? wait : longest,
        rule.maxWaitingPerRecord(),
        rule.expectsCreation(),
        rule.follows(),
        rule.contiguousSequence(),
        rule.prerequisites());
  }

  public static FlowRules with(OrderingRules ordering) {
    return of(ordering, REAL.engagement(), REAL.usage(), REAL.context());
  }

  public static FlowRules with(EngagementRules engagement) {
    return of(REAL.ordering(), engagement, REAL.usage(), REAL.context());
  }

  public static FlowRules with(UsageRules usage) {
    return of(REAL.ordering(), REAL.engagement(), usage, REAL.context());
  }

  public static FlowRules with(ContextRules context) {
    return of(REAL.ordering(), REAL.engagement(), REAL.usage(), context);
  }

  public static FlowRules with(IdentityRules identity) {
    return new FlowRules(
        REAL.ordering(),
        REAL.engagement(),
        REAL.usage(),
        REAL.context(),
        REAL.lifecycles(),
        REAL.fields(),
        identity,
        REAL.accounts(),
        REAL.records());
  }

  private static FlowRules of(
      OrderingRules ordering, EngagementRules engagement, UsageRules usage, ContextRules context) {
    return new FlowRules(
        ordering,
        engagement,
        usage,
        context,
        REAL.lifecycles(),
        REAL.fields(),
        REAL.identity(),
        REAL.accounts(),
        REAL.records());
  }
}
