package io.millrace.flow.erase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.Person;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.StoreBytes;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The roles that know people: engagement, identity and accounts. Records between them are under way
 * until the test lets them arrive, of several topics in any order.
 */
final class PeopleRoles implements AutoCloseable {
  private static final Path DECLARED = Path.of("topology", "topics.yaml");
  private static final Map<String, List<Topic<?>>> READS =
      Map.of(
          "engagement",
          List.of(Topics.ENGAGEMENT_EVENTS, Topics.IDENTITY_ASSIGNMENTS, Topics.ERASE_PEOPLE),
          "identity",
          List.of(Topics.IDENTITY_LINKS, Topics.IDENTITY_DECISIONS),
          "accounts",
          List.of(
              Topics.PEOPLE,
              Topics.LEAD_SCORES,
              Topics.SIGNALS_DETECTED,
              Topics.IDENTITY_ASSIGNMENTS,
              Topics.IDENTIFIER_SIGHTINGS));

  private final Map<String, TopologyTestDriver> roles = new TreeMap<>();
  private final Map<String, Deque<TestRecord<String, byte[]>>> underWay = new TreeMap<>();
  private final Map<String, List<TestRecord<String, byte[]>>> written = new LinkedHashMap<>();
  private Instant now;
  private long offset;

  PeopleRoles(Instant start, FlowRules rules) {
    now = start;
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            source -> Duration.ofDays(3),
            rules,
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.IN_MEMORY);
    roles.put("engagement", driver(topology.engagement()));
    roles.put("identity", driver(topology.identity()));
    roles.put("accounts", driver(topology.accounts()));
  }

  private TopologyTestDriver driver(org.apache.kafka.streams.Topology topology) {
    return new TopologyTestDriver(topology, RecordsFlow.settings(), now);
  }

  Instant now() {
    return now;
  }

  /** An event that arrived at the edge some time ago gets here. */
  void arrive(Event event) {
    Event delivered = EngagementEvents.delivered(event, offset++);
    write(
        Topics.ENGAGEMENT_EVENTS,
        delivered.getRecord().getId(),
        Optional.of(delivered),
        delivered.getReceivedAt());
  }

  /** A record that somebody writes is under way. */
  <V extends SpecificRecord> void write(
      Topic<V> topic, String key, Optional<V> value, Instant timestamp) {
    byte[] bytes =
        value
            .map(each -> StateSerde.of(topic.valueType()).serializer().serialize("", each))
            .orElse(null);
    send(topic.name(), new TestRecord<>(key, bytes, timestamp), "");
  }

  private void send(String topic, TestRecord<String, byte[]> record, String writer) {
    written.computeIfAbsent(topic, added -> new ArrayList<>()).add(record);
    READS.forEach(
        (role, topics) -> {
          boolean reads = topics.stream().anyMatch(each -> each.name().equals(topic));
          // What a role writes to itself the driver has delivered already.
          if (reads && !role.equals(writer)) {
            underWay.computeIfAbsent(role + ' ' + topic, added -> new ArrayDeque<>()).add(record);
          }
        });
  }

  /** One record arrives; false if none is under way. */
  boolean deliver(Random random) {
    List<String> lanes =
        underWay.entrySet().stream()
            .filter(lane -> !lane.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    if (lanes.isEmpty()) {
      return false;
    }
    String lane = lanes.get(random.nextInt(lanes.size()));
    String[] names = lane.split(" ", 2);
    TestRecord<String, byte[]> record = Objects.requireNonNull(underWay.get(lane)).remove();
    Objects.requireNonNull(roles.get(names[0]))
        .createInputTopic(
            names[1],
            new org.apache.kafka.common.serialization.StringSerializer(),
            new ByteArraySerializer())
        .pipeInput(new TestRecord<>(record.key(), record.value(), record.getRecordTime()));
    collect();
    return true;
  }

  void settle(Random random) {
    for (int round = 0; deliver(random); round++) {
      if (round > 100_000) {
        throw new IllegalStateException("records travel for ever");
      }
    }
  }

  /** Time passes and nothing arrives. */
  void pass(Duration time) {
    now = now.plus(time);
    roles.values().forEach(role -> role.advanceWallClockTime(time));
    collect();
  }

  private void collect() {
    roles.forEach(
        (name, driver) -> {
          for (String topic : driver.producedTopicNames()) {
            if (!topic.endsWith("-changelog")) {
              driver
                  .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                  .readRecordsToList()
                  .forEach(record -> send(topic, record, name));
            }
          }
        });
  }

  /** The person of an identifier as the command sees it now. */
  ErasedPerson find(Identifier identifier) {
    String owner =
        latest(Topics.IDENTITY_ASSIGNMENTS, identifier.getId())
            .map(IdentityAssignment::getOwner)
            .orElse(identifier.getId());
    Optional<Person> row = latest(Topics.PEOPLE, owner);
    return ErasedPerson.of(
        new NamedPerson(identifier.getId(), Optional.of(identifier)), owner, row);
  }

  /** What the command writes is under way. */
  void erase(ErasedPerson person) {
    new ErasureWrites("E-1", now, "an officer", "asked for it").erase(person).forEach(this::write);
  }

  void lift(ErasedPerson person) {
    new ErasureWrites("E-2", now, "an officer", "").lift(person).forEach(this::write);
  }

  private <V extends SpecificRecord> void write(ErasureWrites.Write<V> write) {
    write(write.topic(), write.key(), write.value(), now);
  }

  <V extends SpecificRecord> Optional<V> latest(Topic<V> topic, String key) {
    List<TestRecord<String, byte[]>> rows =
        written.getOrDefault(topic.name(), List.of()).stream()
            .filter(record -> record.key().equals(key))
            .toList();
    return rows.isEmpty() || rows.getLast().value() == null
        ? Optional.empty()
        : Optional.of(value(topic, rows.getLast().value()));
  }

  <V extends SpecificRecord> List<V> all(Topic<V> topic) {
    return written.getOrDefault(topic.name(), List.of()).stream()
        .filter(record -> record.value() != null)
        .map(record -> value(topic, record.value()))
        .toList();
  }

  private static <V extends SpecificRecord> V value(Topic<V> topic, byte[] bytes) {
    return StateSerde.of(topic.valueType()).deserializer().deserialize("", bytes);
  }

  /** The stores that contain a text, and the compacted topics whose latest rows do. */
  Set<String> placesWith(String text) {
    Set<String> found = new TreeSet<>();
    roles.values().forEach(role -> found.addAll(StoreBytes.storesWith(role, text)));
    TopicSettings.load(DECLARED).all().stream()
        .filter(topic -> topic.isCompacted())
        .forEach(
            topic -> {
              Map<String, byte[]> rows = new TreeMap<>();
              written
                  .getOrDefault(topic.name(), List.of())
                  .forEach(record -> rows.put(record.key(), record.value()));
              rows.forEach(
                  (key, value) -> {
                    if (value != null && (key.contains(text) || StoreBytes.contains(value, text))) {
                      found.add(topic.name());
                    }
                  });
            });
    return found;
  }

  /** All rows of all stores whose keys contain a text, by store. */
  Map<String, Map<String, String>> rowsKeyedBy(String text) {
    Map<String, Map<String, String>> found = new TreeMap<>();
    for (TopologyTestDriver role : roles.values()) {
      StoreBytes.rows(role)
          .forEach(
              (store, rows) ->
                  rows.forEach(
                      (key, value) -> {
                        if (key.contains(text)) {
                          found.computeIfAbsent(store, added -> new TreeMap<>()).put(key, value);
                        }
                      }));
    }
    return found;
  }

  @Override
  public void close() {
    roles.values().forEach(TopologyTestDriver::close);
  }
}
