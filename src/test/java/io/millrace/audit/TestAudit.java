package io.millrace.audit;

import io.millrace.source.FieldRules;
import io.millrace.source.Normalizer;
import io.millrace.stream.DeliveryNormalizer;
import io.millrace.stream.Topics;
import java.time.Duration;
import java.util.List;

/** Audits topics in memory. */
final class TestAudit {
  private static final Normalizer WITHOUT_RULES = new Normalizer(FieldRules.none());

  static final DeliveryNormalizer NORMALIZER =
      (delivery, partition, offset) ->
          WITHOUT_RULES.normalize(TestDelivery.SOURCES, delivery, partition, offset);

  private TestAudit() {}

  static AuditReport of(MemoryTopics topics) {
    return of(topics, AuditScope.everything(), List::of);
  }

  static AuditReport of(MemoryTopics topics, AuditScope scope, UnderWay flow) {
    return of(topics, scope, flow, NORMALIZER);
  }

  static AuditReport of(
      MemoryTopics topics, AuditScope scope, UnderWay flow, DeliveryNormalizer normalizer) {
    Audit audit = audit(topics, scope, normalizer, 10);
    audit.open();
    audit.look(flow);
    return audit.report();
  }

  static Audit audit(
      MemoryTopics topics, AuditScope scope, DeliveryNormalizer normalizer, int limit) {
    return new Audit(
        new AuditTopics(
            topics,
            new HeldBack(topics, List.of(WholeFlow.WAITING)),
            () -> topics.ends(Topics.DELIVERIES_RECEIVED),
            topics),
        normalizer,
        source -> Duration.ofDays(3),
        scope,
        limit);
  }
}
