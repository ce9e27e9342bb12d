package io.millrace.audit.testing;

import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditScope;
import io.millrace.audit.AuditTopics;
import io.millrace.audit.FlowBacklog;
import io.millrace.audit.HeldEvents;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.step.Topics;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalizer;
import java.time.Duration;
import java.util.List;

/** Audits topics in memory. */
public final class TestAudit {
  private static final Normalizer WITHOUT_RULES = new Normalizer(NormalizeRules.none());

  public static final DeliveryNormalizer NORMALIZER =
      (delivery, partition, offset) ->
          WITHOUT_RULES.normalize(TestDelivery.SOURCES, delivery, partition, offset);

  private TestAudit() {}

  public static AuditReport of(MemoryTopics topics) {
    return of(topics, AuditScope.everything(), List::of);
  }

  public static AuditReport of(MemoryTopics topics, AuditScope scope, FlowBacklog flow) {
    return of(topics, scope, flow, NORMALIZER);
  }

  public static AuditReport of(
      MemoryTopics topics, AuditScope scope, FlowBacklog flow, DeliveryNormalizer normalizer) {
    Audit audit = audit(topics, scope, normalizer, 10);
    audit.open();
    audit.look(flow);
    return audit.report();
  }

  public static Audit audit(
      MemoryTopics topics, AuditScope scope, DeliveryNormalizer normalizer, int limit) {
    return new Audit(
        new AuditTopics(
            topics,
            new HeldEvents(topics, List.of(WholeFlow.WAITING)),
            () -> topics.ends(Topics.DELIVERIES_RECEIVED),
            topics),
        normalizer,
        source -> Duration.ofDays(3),
        scope,
        limit);
  }
}
