package io.millrace.flow.identity;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.GraphNode;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestRules;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The role identity with the rules of topology/rules. */
final class IdentityFlow implements AutoCloseable {
  private final TopologyTestDriver driver;
  private final Map<String, IdentityAssignment> last = new TreeMap<>();

  IdentityFlow() {
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            source -> Duration.ofDays(3),
            TestRules.real(),
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.IN_MEMORY);
    driver =
        new TopologyTestDriver(
            topology.identity(), RecordsFlow.settings(), Instant.ofEpochMilli(1));
  }

  /** A link or decision arrives at a time, in milliseconds. */
  void send(SpecificRecord input, long arrival) {
    switch (input) {
      case IdentityLink link -> send(Topics.IDENTITY_LINKS, link, arrival);
      case IdentityDecision decision -> send(Topics.IDENTITY_DECISIONS, decision, arrival);
      default -> throw new IllegalArgumentException(input.toString());
    }
  }

  private <V extends SpecificRecord> void send(Topic<V> topic, V value, long arrival) {
    driver
        .createInputTopic(
            topic.name(), new StringSerializer(), StateSerde.of(topic.valueType()).serializer())
        .pipeInput("key", value, arrival);
  }

  <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    return driver
        .createOutputTopic(
            topic.name(), new StringDeserializer(), StateSerde.of(topic.valueType()).deserializer())
        .readRecordsToList();
  }

  private Map<String, IdentityAssignment> assignments() {
    List<TestRecord<String, IdentityAssignment>> told =
        new ArrayList<>(read(Topics.IDENTITY_ASSIGNMENTS));
    told.forEach(record -> last.put(record.key(), record.value()));
    return last;
  }

  IdentityAssignment last(String id) {
    return Objects.requireNonNull(assignments().get(id));
  }

  Map<String, String> owners() {
    Map<String, String> owners = new TreeMap<>();
    assignments().forEach((id, assignment) -> owners.put(id, assignment.getOwner()));
    return owners;
  }

  /** Every assignment, as readers of the topic have it, without its number. */
  Map<String, String> standings() {
    Map<String, String> standings = new TreeMap<>();
    assignments()
        .forEach(
            (id, assignment) ->
                standings.put(
                    id,
                    assignment.getOwner()
                        + " "
                        + assignment.getState()
                        + " "
                        + assignment.getJoinedBy()
                        + " "
                        + assignment.getApartFrom()));
    return standings;
  }

  /** Continues with what another process has stored and told. */
  void continueFrom(IdentityFlow other) {
    last.putAll(other.assignments());
    KeyValueStore<String, GraphNode> mine = driver.getKeyValueStore(DecideIdentities.NODES);
    KeyValueStore<String, GraphNode> theirs = other.driver.getKeyValueStore(DecideIdentities.NODES);
    try (KeyValueIterator<String, GraphNode> rows = theirs.all()) {
      rows.forEachRemaining(row -> mine.put(row.key, row.value));
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
