package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.testing.TestEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventOrderTest {

  @Test
  void sortsAnyTimeTheSendersMakeUp() {
    List<Long> times =
        List.of(
            Long.MIN_VALUE,
            Instant.parse("0001-01-01T00:00:00Z").toEpochMilli(),
            -1L,
            0L,
            1L,
            Instant.parse("2026-11-01T00:00:00Z").toEpochMilli(),
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli(),
            Long.MAX_VALUE);

    assertThat(times.stream().map(SortableText::of)).isSorted();
    assertThat(times.stream().map(SortableText::of).map(SortableText::numberIn)).isEqualTo(times);
  }

  @Test
  void putsCreationFirstAndDeletionLastAmongEventsOfOneInstant() {
    Event deleted = TestEvent.of("lead.deleted", "lead/1").at(5).id("a").build();
    Event updated = TestEvent.of("lead.updated", "lead/1").at(5).id("b").build();
    Event created = TestEvent.of("lead.created", "lead/1").at(5).id("c").build();

    assertThat(sorted(deleted, updated, created)).containsExactly(created, updated, deleted);
  }

  @Test
  void onlyEventsNamedAfterTheTypeOfTheirRecordCreateDeleteAndMergeIt() {
    for (String verb : List.of("created", "restored", "deleted", "erasure_requested", "merged")) {
      Event own = TestEvent.of("lead." + verb, "lead/1").build();
      assertThat(EventOrder.isCreation(own)).isEqualTo(verb.matches("created|restored"));
      assertThat(EventOrder.isDeletion(own)).isEqualTo(verb.matches("deleted|erasure_requested"));
      assertThat(EventOrder.isErasureRequest(own)).isEqualTo(verb.equals("erasure_requested"));
      assertThat(EventOrder.isMerge(own)).isEqualTo(verb.equals("merged"));

      for (String type : List.of("note.", "lead.note.", "mislead.", "leads.", "", "lead_")) {
        Event other = TestEvent.of(type + verb, "lead/1").build();
        assertThat(EventOrder.isCreation(other)).isFalse();
        assertThat(EventOrder.isDeletion(other)).isFalse();
        assertThat(EventOrder.isErasureRequest(other)).isFalse();
        assertThat(EventOrder.isMerge(other)).isFalse();
        assertThat(EventOrder.stamp(other).charAt(16)).isEqualTo('1');
      }
    }
  }

  @Test
  void knowsStampsThatOnlyIdsTellApart() {
    String stamp = stamp(TestEvent.of("lead.updated", "lead/1").at(5).id("a"));

    assertThat(EventOrder.areOfOneInstant(stamp, stamp)).isTrue();
    assertThat(EventOrder.areOfOneInstant(stamp, stamp(update("b")))).isTrue();
    assertThat(EventOrder.areOfOneInstant(stamp, stamp(update("b").at(6)))).isFalse();
    assertThat(EventOrder.areOfOneInstant(stamp, stamp(update("b").sequence(1)))).isFalse();
    assertThat(EventOrder.areOfOneInstant(stamp(update("b").sequence(1)), stamp)).isFalse();
    assertThat(EventOrder.areOfOneInstant(stamp, stamp(update("b").source("crm2")))).isFalse();
    assertThat(EventOrder.areOfOneInstant(stamp, stamp(update("b").source("cr")))).isFalse();
    assertThat(
            EventOrder.areOfOneInstant(
                stamp, stamp(TestEvent.of("lead.created", "lead/1").at(5).id("a"))))
        .isFalse();
    assertThat(EventOrder.areOfOneInstant("", stamp)).isFalse();
    assertThat(EventOrder.areOfOneInstant(stamp, "")).isFalse();
  }

  private static TestEvent update(String id) {
    return TestEvent.of("lead.updated", "lead/1").at(5).id(id);
  }

  private static String stamp(TestEvent event) {
    return EventOrder.stamp(event.build());
  }

  @Test
  void keepsTheOrderOfABatchAmongEventsOfOneInstant() {
    Event first = TestEvent.of("lead.updated", "lead/1").at(5).index(2).id("z").build();
    Event second = TestEvent.of("lead.updated", "lead/1").at(5).index(10).id("a").build();

    assertThat(sorted(second, first)).containsExactly(first, second);
  }

  @Test
  void trustsTheSendersSequenceWithinOneInstant() {
    Event first = TestEvent.of("lead.updated", "lead/1").at(5).sequence(9).id("z").build();
    Event second = TestEvent.of("lead.updated", "lead/1").at(5).sequence(10).id("a").build();

    assertThat(sorted(second, first)).containsExactly(first, second);
  }

  @Test
  void tellsReplayFromOriginal() {
    Event original = TestEvent.of("lead.updated", "lead/1").offset(3).build();
    Event replay = TestEvent.of("lead.updated", "lead/1").offset(9).replay(1).build();

    assertThat(EventOrder.position(replay)).isGreaterThan(EventOrder.position(original));
    assertThat(EventOrder.stamp(replay)).isEqualTo(EventOrder.stamp(original));
  }

  @Test
  void stampDoesNotDependOnTheDelivery() {
    Event alone = TestEvent.of("lead.updated", "lead/1").index(0).offset(1).build();
    Event batched = TestEvent.of("lead.updated", "lead/1").index(7).offset(2).build();

    assertThat(EventOrder.stamp(batched)).isEqualTo(EventOrder.stamp(alone));
  }

  @Test
  void escapesWhatStoresSortDifferently() {
    assertThat(SortableText.escaped("lead/L-1")).isEqualTo("lead/L-1");
    assertThat(SortableText.escaped("a b\0ü%")).isEqualTo("a%0020b%0000%00fc%0025");
  }

  private static List<Event> sorted(Event... events) {
    return Stream.of(events).sorted(Comparator.comparing(EventOrder::position)).toList();
  }
}
