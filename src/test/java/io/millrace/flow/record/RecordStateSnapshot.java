package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.FlowAccount;
import io.millrace.flow.testing.FlowCluster;
import io.millrace.flow.testing.FlowCluster.Sent;
import io.millrace.flow.testing.FlowProcess;
import io.millrace.flow.testing.ObservedTopics;
import io.millrace.flow.testing.StateSnapshot;
import io.millrace.flow.testing.StateSnapshot.Place;
import io.millrace.flow.testing.StateSnapshot.Row;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes a snapshot of what this version leaves behind, for the upgrade test of later ones. */
@EnabledIfSystemProperty(
    named = "upgrade.write",
    matches = ".+",
    disabledReason = "It writes a file to be kept; the property names it.")
class RecordStateSnapshot {
  private static final Path FOLDER = Path.of("src", "test", "resources", "upgrade");
  private static final List<String> PEOPLE = List.of("ann@example.com", "bob@example.com", "cy");
  private static final List<String> FIELDS = List.of("status", "owner", "plan");

  private static final int WAITING = 3;

  @TempDir private Path directory;

  private final Random random = new Random(7);
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Test
  void writesWhatThisVersionLeavesBehind() throws Exception {
    try (FlowCluster cluster = FlowCluster.start(directory.resolve("broker"))) {
      cluster.reset();
      List<Event> records = records();
      List<Event> engagement = engagement();
      cluster.send(Topics.RECORD_EVENTS, sent(records));
      cluster.send(Topics.ENGAGEMENT_EVENTS, sent(engagement));
      try (ObservedTopics observed = new ObservedTopics(cluster);
          FlowProcess first = process(cluster, "records");
          FlowProcess second = process(cluster, "engagement")) {
        FlowCluster.until(
            "everything is read",
            Duration.ofSeconds(40),
            () -> {
              observed.look();
              assertThat(observed.values(Topics.EVENTS_ORDERED).size() + first.waiting())
                  .isEqualTo(records.size() + engagement.size());
              assertThat(first.waiting()).isEqualTo(WAITING);
              assertThat(second.waiting()).isEqualTo(PEOPLE.size());
            });
      }
      snapshot(cluster).write(FOLDER.resolve(System.getProperty("upgrade.write") + ".jsonl"));
    }
  }

  private FlowProcess process(FlowCluster cluster, String role) {
    return new FlowProcess(
            cluster.kafka(),
            role,
            FlowProcess.settings("millrace", "1", directory.resolve("state"), "classic"),
            (delivery, partition, offset) -> List.of(),
            TestRules.real(),
            new Topology())
        .start();
  }

  /** Four leads that are known, and one whose updates wait for its creation. */
  private List<Event> records() {
    List<TestEvent> events = new ArrayList<>();
    for (int lead = 1; lead <= 4; lead++) {
      events.add(TestEvent.of("lead.created", "lead/L-" + lead).data("status", "new"));
    }
    for (int index = 0; index < 24; index++) {
      events.add(
          TestEvent.of("lead.updated", "lead/L-" + (1 + random.nextInt(4)))
              .data(FIELDS.get(random.nextInt(3)), "v" + random.nextInt(3)));
    }
    events.add(TestEvent.of("lead.deleted", "lead/L-4"));
    events.add(TestEvent.of("deal.created", "deal/D-1").data("stage", "offer"));
    events.add(TestEvent.of("contact.created", "contact/C-1").email("ann@example.com"));
    events.add(TestEvent.of("account.created", "account/A-1").data("name", "Example"));
    events.add(TestEvent.of("payment.succeeded", "payment/P-1").data("amount", "12"));
    for (int index = 0; index < WAITING; index++) {
      events.add(TestEvent.of("lead.updated", "lead/L-9").data("status", "w" + index));
    }
    Instant at = now.minus(Duration.ofMinutes(10));
    List<Event> built = new ArrayList<>();
    for (TestEvent event : events) {
      // What waits came just now, all else minutes ago.
      at = built.size() < events.size() - WAITING ? at.plusSeconds(5) : now;
      long stamp = at.toEpochMilli() + built.size();
      built.add(
          event
              .id("r-" + built.size())
              .at(stamp - 500)
              .received(stamp)
              .offset(built.size())
              .build());
    }
    return built;
  }

  /** Everybody's last minute is still open; ann is one visit short of a signal. */
  private List<Event> engagement() {
    List<Event> events = new ArrayList<>();
    Instant at = now.minus(Duration.ofMinutes(20));
    for (int index = 0; index < 30; index++) {
      at = at.plusSeconds(30);
      String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
      String type = List.of("page.viewed", "email.clicked", "form.submitted").get(index % 3);
      events.add(event(person, events.size(), type, at, at, "/blog"));
    }
    for (int visit = 0; visit < 2; visit++) {
      at = at.plusSeconds(30);
      events.add(event("ann@example.com", events.size(), "page.viewed", at, at, "/pricing"));
    }
    for (String person : PEOPLE) {
      events.add(event(person, events.size(), "email.opened", now.plusSeconds(30), now, "/"));
    }
    return events;
  }

  private static Event event(
      String person, int index, String type, Instant occurredAt, Instant arrival, String path) {
    return EngagementEvents.arrived(
        EngagementEvents.event(person, "e-" + index, type, occurredAt, Map.of("path", path)),
        arrival);
  }

  private static List<Sent<Event>> sent(List<Event> events) {
    return events.stream()
        .map(
            event ->
                new Sent<>(FlowAccount.key(event), event, event.getReceivedAt().toEpochMilli()))
        .toList();
  }

  private static StateSnapshot snapshot(FlowCluster cluster) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String topic : cluster.admin().listTopics().names().get().stream().sorted().toList()) {
      rows.addAll(rows(cluster, topic));
    }
    List<Place> places = new ArrayList<>();
    for (String group : List.of("millrace-engagement", "millrace-records")) {
      cluster
          .admin()
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, place) ->
                  places.add(
                      new Place(
                          group,
                          partition.topic(),
                          partition.partition(),
                          place.offset(),
                          place.metadata())));
    }
    return new StateSnapshot(rows, places);
  }

  /** Of changelogs only the last value under each key, as compaction would leave it. */
  private static List<Row> rows(FlowCluster cluster, String topic) {
    Map<String, Row> rows = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> ends = cluster.ends(topic);
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(50))) {
          assertThat(read.headers()).as("headers of %s", topic).isEmpty();
          String key =
              topic.endsWith("-changelog")
                  ? read.partition() + HexFormat.of().formatHex(read.key())
                  : Arrays.toString(new long[] {read.partition(), read.offset()});
          rows.remove(key);
          rows.put(
              key,
              new Row(
                  topic,
                  read.partition(),
                  read.timestamp(),
                  StateSnapshot.base64(read.key()),
                  StateSnapshot.base64(read.value())));
        }
      }
    }
    return List.copyOf(rows.values());
  }
}
