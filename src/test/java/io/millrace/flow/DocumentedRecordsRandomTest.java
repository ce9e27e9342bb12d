package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.naive.DocumentedRecords;
import io.millrace.flow.naive.DocumentedRecords.Row;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RandomHistories;
import io.millrace.flow.testing.RandomHistories.Sent;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.Shrinking;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The rows of random histories, sent through the whole role in random order, against a model that
 * was written from docs/records.md alone. To repeat a failure run with -Dseed=SEED, for more rounds
 * with -Drounds=N.
 */
class DocumentedRecordsRandomTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 100);

  @Test
  void rowsAreWhatTheDocumentSays() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Sent> arrivals = RandomHistories.arrivals(random);
      if (!differences(arrivals).isEmpty()) {
        List<Sent> fewest = Shrinking.fewest(arrivals, fewer -> !differences(fewer).isEmpty());
        assertThat(differences(fewest))
            .as("seed %d, round %d:%n%s", seed, round, RandomHistories.story(fewest))
            .isEmpty();
      }
    }
  }

  @Test
  void previousNullIsAValueThatAWriteLeadsFrom() {
    assertThat(
            status(
                event("lead.updated", "A", "e1").data("status", "b").previous("status", null),
                event("lead.updated", "A", "e2").data("status", null)))
        .isEqualTo("b");
  }

  @Test
  void whatIsNotCountedMayStillWinACircle() {
    assertThat(
            status(
                event("lead.updated", "A", "e1").data("status", "b").previous("status", "d"),
                event("lead.updated", "A", "e2").data("status", "d").previous("status", "b"),
                event("lead.updated", "A", "e0").data("status", "b").previous("status", "d"),
                event("lead.updated", "A", "e3").data("status", "b")))
        .isEqualTo("b");
  }

  @Test
  void greaterValueWinsBetweenEventsOfOneIdAboutTwoRecords() {
    TestEvent merge = event("lead.merged", "A", "e2").data("merged_ids", "B");
    TestEvent smaller = event("lead.updated", "A", "e1").data("status", "x");
    TestEvent greater = event("lead.updated", "B", "e1").data("status", "y");
    assertThat(status(smaller, greater, merge)).isEqualTo("y");
    assertThat(status(merge, greater, smaller)).isEqualTo("y");
  }

  private static TestEvent event(String type, String lead, String id) {
    return TestEvent.of(type, "lead/" + lead).id(id).at(RecordsFlow.START.toEpochMilli());
  }

  private static @Nullable String status(TestEvent... events) {
    List<Sent> arrivals = Stream.of(events).map(event -> new Sent(event, Duration.ZERO)).toList();
    assertThat(differences(arrivals)).isEmpty();
    List<Event> story = Stream.of(events).map(TestEvent::build).toList();
    var row = DocumentedRecords.rows("lead", story).get("A");
    assertThat(row).as("the row of the lead A").isNotNull();
    return row == null ? null : row.fields().get("status");
  }

  private static List<String> differences(List<Sent> arrivals) {
    Map<String, Event> admitted = new LinkedHashMap<>();
    try (RecordsFlow flow = new RecordsFlow()) {
      for (Sent arrival : arrivals) {
        Event event = flow.arrive(arrival.event());
        admitted.putIfAbsent(identity(event), event);
        flow.pass(arrival.pause());
      }
      flow.pass(Duration.ofMinutes(10));
      flow.pass(Duration.ofMinutes(10));
      Collection<Event> events = admitted.values();
      List<String> differences = new ArrayList<>();
      SortedMap<String, Row> leads = rows(flow, Topics.CRM_LEADS);
      SortedMap<String, Row> contacts = rows(flow, Topics.CRM_CONTACTS);
      compare(differences, DocumentedRecords.rows("lead", events), leads);
      compare(differences, DocumentedRecords.rows("contact", events), contacts);
      flow.deadLetters().forEach(letter -> differences.add("dead letter: " + letter));
      forget(flow);
      rows(flow, Topics.CRM_LEADS, leads);
      rows(flow, Topics.CRM_CONTACTS, contacts);
      compare(differences, DocumentedRecords.rows("lead", events), leads);
      compare(differences, DocumentedRecords.rows("contact", events), contacts);
      return differences;
    }
  }

  /** The second event with the same one is a copy. */
  private static String identity(Event event) {
    return "%s/%s of %s".formatted(event.getSource(), event.getEventId(), event.getRecord());
  }

  /** What is forgotten after a month changes no row. */
  private static void forget(RecordsFlow flow) {
    for (int day = 0; day < 33; day++) {
      flow.pass(Duration.ofDays(1));
    }
  }

  private static void compare(
      List<String> differences, SortedMap<String, Row> expected, SortedMap<String, Row> found) {
    if (!expected.equals(found)) {
      differences.add("%nexpected %s%nbut found %s".formatted(expected, found));
    }
  }

  private static <V extends SpecificRecord> SortedMap<String, Row> rows(
      RecordsFlow flow, Topic<V> topic) {
    SortedMap<String, Row> rows = new TreeMap<>();
    rows(flow, topic, rows);
    return rows;
  }

  private static <V extends SpecificRecord> void rows(
      RecordsFlow flow, Topic<V> topic, SortedMap<String, Row> rows) {
    flow.read(topic)
        .forEach(
            written -> {
              if (written.value() == null) {
                rows.remove(written.key());
              } else {
                rows.put(written.key(), RandomHistories.row(written.key(), written.value()));
              }
            });
  }
}
