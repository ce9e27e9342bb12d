package io.millrace.app;

import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditScope;
import io.millrace.audit.AuditTopics;
import io.millrace.audit.FlowWatch;
import io.millrace.audit.HeldEvents;
import io.millrace.audit.Outcome;
import io.millrace.audit.Proof;
import io.millrace.config.Config;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.FlowSources;
import io.millrace.flow.StateSerdes;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.KafkaTopicReader;
import io.millrace.kafka.read.ReadThrough;
import io.millrace.kafka.read.RecordLookup;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.kafka.topic.Topic;
import io.millrace.normalize.NormalizeRules;
import io.millrace.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An audit of the topics of a cluster. Not thread-safe. */
public final class TopicAudit implements Proof {
  /**
   * The maximum clock difference; a record that is this much younger than the limit is certainly
   * kept.
   */
  private static final Duration SKEW = Duration.ofHours(1);

  private final Started readers = new Started();
  private final TopicOffsets offsets;
  private final Audit audit;
  private final FlowWatch flow;

  /**
   * Reads the deliveries; later ones are not audited.
   *
   * @param wanted what to audit, as far as the topics still hold it
   * @param limit how many findings of each kind are reported in full
   * @throws io.millrace.kafka.topic.ProvisioningException when the cluster does not answer
   */
  public TopicAudit(
      Config config,
      RegistrySerdes serdes,
      Sources sources,
      NormalizeRules rules,
      AuditScope wanted,
      int limit) {
    KafkaSettings kafka = config.kafka();
    String prefix = config.stream().settings().prefix();
    FlowSources known = FlowSources.of(sources, rules);
    try {
      this.offsets = readers.add(new TopicOffsets(kafka));
      this.audit =
          new Audit(
              topics(kafka, serdes, prefix, wanted),
              known,
              known,
              kept(wanted, Clock.systemUTC().instant()),
              limit);
      ReadThrough groups = readers.add(new ReadThrough(kafka, offsets));
      this.flow = new FlowWatch(groups, offsets, prefix, audit.open());
    } catch (RuntimeException failure) {
      readers.close();
      throw failure;
    }
  }

  private AuditTopics topics(
      KafkaSettings kafka, RegistrySerdes serdes, String prefix, AuditScope wanted) {
    Optional<Instant> start = Optional.of(wanted.since()).filter(Instant.MIN::isBefore);
    List<Topic<WaitingEvent>> waiting =
        Stream.of(StateSerdes.waitingEvents(prefix), StateSerdes.waitingEngagement(prefix))
            .filter(topic -> offsets.exists(topic.name()))
            .toList();
    return new AuditTopics(
        readers.add(new KafkaTopicReader(kafka, serdes, start)),
        new HeldEvents(readers.add(new KafkaTopicReader(kafka, new StateSerdes())), waiting),
        () -> offsets.ends(Topics.DELIVERIES_RECEIVED.name()),
        readers.add(new RecordLookup(kafka, serdes)));
  }

  /**
   * If outcomes expire sooner than deliveries, the audit reaches back only as far as the outcomes.
   */
  private AuditScope kept(AuditScope wanted, Instant now) {
    Optional<Duration> deliveries = offsets.retention(Topics.DELIVERIES_RECEIVED.name());
    Optional<Duration> shortest =
        Arrays.stream(Outcome.values())
            .flatMap(outcome -> offsets.retention(outcome.topic().name()).stream())
            .min(Comparator.naturalOrder());
    Optional<Instant> outcomesSince =
        shortest
            .filter(kept -> deliveries.filter(longer -> longer.compareTo(kept) <= 0).isEmpty())
            .map(kept -> now.minus(kept).plus(SKEW));
    return new AuditScope(
        wanted.source(),
        outcomesSince.filter(wanted.since()::isBefore).orElse(wanted.since()),
        wanted.until(),
        deliveries.map(kept -> now.minus(kept).plus(SKEW)).orElse(Instant.MAX));
  }

  /**
   * Reads what is new.
   *
   * @return whether every part has its outcome, or is known to be missing
   */
  public boolean isDecided() {
    return audit.look(flow);
  }

  public AuditReport report() {
    return audit.report();
  }

  @Override
  public AuditReport look() {
    audit.look(flow);
    return audit.report();
  }

  @Override
  public void close() {
    readers.close();
  }
}
