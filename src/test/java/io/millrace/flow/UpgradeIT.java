package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.Signal;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.FlowAccount;
import io.millrace.flow.testing.FlowCluster;
import io.millrace.flow.testing.FlowCluster.Sent;
import io.millrace.flow.testing.FlowOutcome;
import io.millrace.flow.testing.FlowProcess;
import io.millrace.flow.testing.ObservedTopics;
import io.millrace.flow.testing.StateSnapshot;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestRules;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Today's flow on what a release of the past left behind, without a reset: nothing of it is
 * forgotten, and what comes then is added to it.
 */
class UpgradeIT {
  private static final Path LEFT_BEHIND =
      Path.of("src", "test", "resources", "upgrade", "2026-11-first.jsonl");

  private static final Duration LONGER_THAN_ANY_WAIT = Duration.ofMinutes(10);

  @TempDir private Path directory;

  @Test
  void goesOnWhereThePreviousReleaseStopped() throws Exception {
    try (FlowCluster cluster = FlowCluster.start(directory.resolve("broker"))) {
      cluster.reset();
      StateSnapshot.read(LEFT_BEHIND).restoreTo(cluster);
      try (ObservedTopics observed = new ObservedTopics(cluster)) {
        observed.lookAtAll();
        Story story = new Story(observed);
        assertThat(story.waiting()).as("events the old release still held").hasSize(3);

        cluster.send(Topics.RECORD_EVENTS, story.laterRecordEvents());
        cluster.send(Topics.ENGAGEMENT_EVENTS, story.laterEngagement());
        runUntilSettled(cluster, observed, story);

        assertNothingIsForgotten(observed, story);
        assertThat(FlowOutcome.of(observed)).isEqualTo(FlowOutcome.undisturbed(observed));
      }
    }
  }

  private void runUntilSettled(FlowCluster cluster, ObservedTopics observed, Story story) {
    try (FlowProcess records = process(cluster, "records");
        FlowProcess engagement = process(cluster, "engagement")) {
      FlowCluster.until(
          "every event has its outcome",
          Duration.ofSeconds(60),
          () -> {
            observed.look();
            assertThat(FlowAccount.outcomes(observed)).isEqualTo(story.arrivals());
            assertThat(records.waiting() + engagement.waiting()).isZero();
          });
    }
    observed.lookAtAll();
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

  private static void assertNothingIsForgotten(ObservedTopics observed, Story story) {
    assertThat(FlowAccount.outcomes(observed)).isEqualTo(story.arrivals());
    assertThat(observed.values(Topics.EVENTS_DUPLICATE))
        .as("every event the old release admitted or held is known again")
        .extracting(DuplicateEvent::getEventId)
        .containsExactlyInAnyOrderElementsOf(story.old().stream().map(Event::getEventId).toList());
    assertThat(observed.values(Topics.EVENTS_DUPLICATE))
        .extracting(DuplicateEvent::getFirst)
        .extracting(Lineage::getDeliveryId)
        .noneMatch(delivery -> delivery.startsWith("again"));
    assertThat(
            observed.values(Topics.EVENTS_ORDERED).stream()
                .filter(event -> event.getRecord().getId().equals("L-9")))
        .as("what waited follows the creation it waited for")
        .extracting(Event::getEventType, event -> event.getMetadata().getOrphan())
        .startsWith(
            tuple("lead.created", false),
            tuple("lead.updated", false),
            tuple("lead.updated", false),
            tuple("lead.updated", false));
    assertThat(observed.values(Topics.SIGNALS_DETECTED))
        .as("two visits of the old time and one of today")
        .extracting(Signal::getSignal)
        .contains("pricing-interest");
  }

  /** What the old release had read, and what comes after the upgrade. */
  private static final class Story {
    private final List<ConsumerRecord<String, byte[]>> oldRecordEvents;
    private final List<ConsumerRecord<String, byte[]>> oldEngagement;
    private final List<Event> admitted;
    private long arrivals;

    Story(ObservedTopics observed) {
      oldRecordEvents = observed.records(Topics.RECORD_EVENTS);
      oldEngagement = observed.records(Topics.ENGAGEMENT_EVENTS);
      admitted = observed.values(Topics.EVENTS_ORDERED);
      arrivals = (long) oldRecordEvents.size() + oldEngagement.size();
    }

    List<Event> old() {
      List<Event> events = new ArrayList<>();
      oldRecordEvents.forEach(row -> events.add(event(row)));
      oldEngagement.forEach(row -> events.add(event(row)));
      return events;
    }

    List<Event> waiting() {
      List<String> ids = admitted.stream().map(Event::getEventId).toList();
      return old().stream().filter(event -> !ids.contains(event.getEventId())).toList();
    }

    long arrivals() {
      return arrivals;
    }

    /** Every old event once more, the creation that was waited for, and one change of each lead. */
    List<Sent<Event>> laterRecordEvents() {
      long now = latest(oldRecordEvents) + 1_000;
      List<Sent<Event>> sent = again(oldRecordEvents, now);
      long first = waiting().stream().mapToLong(Story::occurredAt).min().orElseThrow();
      sent.add(sent(TestEvent.of("lead.created", "lead/L-9").id("n-0").at(first - 1), now));
      for (long lead : List.of(1L, 2L, 3L, 4L, 9L)) {
        String record = "lead/L-" + lead;
        TestEvent change = TestEvent.of("lead.updated", record).id("n-" + lead).at(now);
        sent.add(sent(change.data("owner", "new"), now + lead));
        // It was written before all the old ones, so only a field nobody wrote since is its own.
        TestEvent late = TestEvent.of("lead.updated", record).id("late-" + lead).at(first / 2);
        sent.add(sent(late.data("status", "late").data("extra", "late"), now + lead));
      }
      sent.addAll(changesOfOthers(now));
      // Time goes on where events arrive: what waits for a creation has waited long enough then.
      for (int partition = 0; partition < FlowCluster.PARTITIONS; partition++) {
        TestEvent later = TestEvent.of("lead.created", "lead/Z-" + partition).id("z-" + partition);
        Sent<Event> ticking = sent(later.at(now), now + LONGER_THAN_ANY_WAIT.toMillis());
        sent.add(
            new Sent<>(
                Optional.of(partition), ticking.key(), ticking.value(), ticking.timestamp()));
      }
      return counted(sent);
    }

    /** One change of each other record: rows have columns today that they had not then. */
    private List<Sent<Event>> changesOfOthers(long now) {
      return old().stream()
          .map(EventKeys::record)
          .filter(record -> !record.startsWith("lead/") && !record.startsWith("person/"))
          .distinct()
          .map(
              record -> {
                String type = record.substring(0, record.indexOf('/')) + ".updated";
                TestEvent change = TestEvent.of(type, record).id("n-" + record).at(now);
                return sent(change.data("owner", "new"), now + 1);
              })
          .toList();
    }

    /** Every old event once more, and more of the same: in an open minute, and a third visit. */
    List<Sent<Event>> laterEngagement() {
      long now = latest(oldEngagement) + 1_000;
      List<Sent<Event>> sent = again(oldEngagement, now);
      List<Event> old = oldEngagement.stream().map(Story::event).toList();
      Event last = old.stream().max(Comparator.comparing(Event::getOccurredAt)).orElseThrow();
      for (String person : List.of("ann@example.com", "bob@example.com", "dan@example.com")) {
        sent.add(
            sent(
                EngagementEvents.pricingVisit(person, "visit-of-" + person, last.getOccurredAt()),
                now));
      }
      return counted(sent);
    }

    private List<Sent<Event>> counted(List<Sent<Event>> sent) {
      arrivals += sent.size();
      return sent;
    }

    private static List<Sent<Event>> again(
        List<ConsumerRecord<String, byte[]>> rows, long arrival) {
      List<Sent<Event>> again = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> row : rows) {
        Event event = event(row);
        Lineage lineage = new Lineage("again-" + event.getEventId(), 0, 1L, 0);
        Event copy =
            Event.newBuilder(event)
                .setReceivedAt(Instant.ofEpochMilli(arrival))
                .setMetadata(
                    EventMetadata.newBuilder(event.getMetadata()).setLineage(lineage).build())
                .build();
        again.add(new Sent<>(row.key(), copy, arrival));
      }
      return again;
    }

    private static Sent<Event> sent(TestEvent event, long arrival) {
      return sent(event.received(arrival).build(), arrival);
    }

    private static Sent<Event> sent(Event event, long arrival) {
      Event arrived = EngagementEvents.arrived(event, Instant.ofEpochMilli(arrival));
      return new Sent<>(FlowAccount.key(arrived), arrived, arrival);
    }

    private static long latest(List<ConsumerRecord<String, byte[]>> rows) {
      return rows.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();
    }

    private static long occurredAt(Event event) {
      return event.getOccurredAt().toEpochMilli();
    }

    private static Event event(ConsumerRecord<String, byte[]> row) {
      Topic<Event> topic = Topics.RECORD_EVENTS;
      return ObservedTopics.value(topic, row.value());
    }
  }
}
