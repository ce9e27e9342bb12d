package io.millrace.audit.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.audit.Outcome;
import io.millrace.event.Delivery;
import io.millrace.event.Erasure;
import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.StateSerdes;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** All three roles one behind the other, as they are deployed, and everything they write. */
public final class WholeFlow implements AutoCloseable {
  static final String PREFIX = "audited";
  static final Topic<WaitingEvent> WAITING = StateSerdes.waitingEvents(PREFIX);
  private static final FlowRules RULES =
      FlowRules.load(Path.of("topology", "topics.yaml"), Path.of("topology", "rules"));

  private final StateSerdes serdes = new StateSerdes();
  private final TopologyTestDriver normalize;
  private final TopologyTestDriver records;
  private final TopologyTestDriver engagement;
  private final MemoryTopics topics = new MemoryTopics();

  public WholeFlow(Instant start) {
    this(start, TestAudit.NORMALIZER);
  }

  /** With a normalizer that may fail where today's does not. */
  public WholeFlow(Instant start, DeliveryNormalizer normalizer) {
    MillraceTopology topology =
        new MillraceTopology(
            serdes,
            normalizer,
            source -> Duration.ofDays(3),
            RULES,
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.IN_MEMORY);
    normalize = driver("normalize", topology.normalize(), start);
    records = driver("records", topology.records(), start);
    engagement = driver("engagement", topology.engagement(), start);
  }

  private static TopologyTestDriver driver(String role, Topology topology, Instant start) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, PREFIX + "-" + role);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, "target/test-state");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put("processing.exception.handler.global.enabled", true);
    return new TopologyTestDriver(topology, settings, start);
  }

  /** The topics as they are by now. */
  public MemoryTopics topics() {
    return topics;
  }

  /** A delivery arrives and is worked on at once. */
  public void deliver(Delivery delivery) {
    topics.add(Topics.DELIVERIES_RECEIVED, delivery.getSource(), delivery);
    send(Topics.DELIVERIES_RECEIVED, delivery.getSource(), delivery, normalize, delivery);
    pass(Topics.RECORD_EVENTS, records);
    pass(Topics.ENGAGEMENT_EVENTS, engagement);
    gather();
  }

  /** An identifier is erased from now on. */
  public void erase(Erasure erasure) {
    normalize
        .createInputTopic(
            Topics.ERASURES.name(),
            new StringSerializer(),
            serdes.values(Topics.ERASURES).serializer())
        .pipeInput(erasure.getIdentifier(), erasure);
  }

  /** Time passes and nothing arrives. */
  public void pass(Duration time) {
    records.advanceWallClockTime(time);
    engagement.advanceWallClockTime(time);
    gather();
  }

  private void pass(Topic<Event> topic, TopologyTestDriver role) {
    normalize
        .createOutputTopic(
            topic.name(), new StringDeserializer(), serdes.values(topic).deserializer())
        .readRecordsToList()
        .forEach(
            record ->
                role.createInputTopic(
                        topic.name(), new StringSerializer(), serdes.values(topic).serializer())
                    .pipeInput(record));
  }

  private <V extends SpecificRecord> void send(
      Topic<V> topic, String key, V value, TopologyTestDriver role, Delivery delivery) {
    role.createInputTopic(topic.name(), new StringSerializer(), serdes.values(topic).serializer())
        .pipeInput(key, value, delivery.getReceivedAt());
  }

  private void gather() {
    for (TopologyTestDriver role : List.of(normalize, records, engagement)) {
      for (Outcome outcome : Outcome.values()) {
        gather(outcome.topic(), role);
      }
    }
    gather(WAITING, records);
  }

  private <V extends SpecificRecord> void gather(Topic<V> topic, TopologyTestDriver role) {
    if (role.producedTopicNames().contains(topic.name())) {
      role.createOutputTopic(
              topic.name(), new StringDeserializer(), serdes.values(topic).deserializer())
          .readRecordsToList()
          .forEach(record -> topics.add(topic, record.key(), record.value()));
    }
  }

  @Override
  public void close() {
    normalize.close();
    records.close();
    engagement.close();
  }
}
