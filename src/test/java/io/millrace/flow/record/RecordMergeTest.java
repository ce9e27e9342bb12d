package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordState;
import io.millrace.flow.testing.TestEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordMergeTest {

  @Test
  void latestWriterWinsFieldByField() {
    Optional<VisibleRecord> lead =
        merged(
            update(3).data("status", "won"),
            TestEvent.of("lead.created", "lead/1").at(1).data("status", "new").data("owner", "A"),
            update(2).data("owner", "B").source("billing"));

    assertThat(lead)
        .contains(
            new VisibleRecord(
                new TreeMap<>(Map.of("status", "won", "owner", "B")),
                List.of("billing", "crm"),
                Optional.of(Instant.ofEpochMilli(1)),
                Instant.ofEpochMilli(3)));
  }

  @Test
  void eventIdDecidesBetweenWritersOfOneInstant() {
    TestEvent lower = update(2).id("a").data("status", "lower");
    TestEvent higher = update(2).id("b").data("status", "higher");

    assertThat(merged(higher, lower)).isEqualTo(merged(lower, higher));
    assertThat(merged(higher, lower).get().field("status")).contains("higher");
  }

  @Test
  void updateOutweighsCreationOfTheSameInstant() {
    Optional<VisibleRecord> lead =
        merged(
            update(1).id("a").data("status", "active"),
            TestEvent.of("lead.created", "lead/1").at(1).id("z").data("status", "incomplete"));

    assertThat(lead.get().field("status")).contains("active");
  }

  @Test
  void nullClearsField() {
    Optional<VisibleRecord> lead =
        merged(update(1).data("status", "new"), update(2).data("status", null));

    assertThat(lead.get().fields()).isEmpty();
  }

  @Test
  void deletionEndsTheRecord_andUpdateDoesNotBringItBack() {
    assertThat(merged(update(1).data("status", "new"), deletion(2))).isEmpty();
    assertThat(merged(update(1), deletion(2), update(3).data("status", "new"))).isEmpty();
  }

  @Test
  void laterCreationBringsTheRecordBackWithoutItsOldFields() {
    Optional<VisibleRecord> lead =
        merged(
            update(1).data("status", "old").data("owner", "A"),
            deletion(2),
            TestEvent.of("lead.created", "lead/1").at(3).data("status", "new"));

    assertThat(lead.get().fields()).isEqualTo(Map.of("status", "new"));
    assertThat(lead.get().createdAt()).contains(Instant.ofEpochMilli(3));
  }

  @Test
  void personsAddressFillsInWhereDataSaysNothingOfOne() {
    assertThat(merged(update(1).email("a@example.com")).get().field("email"))
        .contains("a@example.com");
    assertThat(merged(update(1).email("a@example.com").data("email", "B@x.org")).get().fields())
        .containsEntry("email", "B@x.org");
    TestEvent deal = TestEvent.of("deal.updated", "deal/1").email("a@example.com");
    assertThat(merged(deal).get().fields()).isEmpty();
  }

  @Test
  void endsInTheSameStateForEveryOrderAndRepetition() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Event> events = randomEvents(random, 1 + random.nextInt(12));
      RecordState expected = state(events);

      List<Event> shuffled = new ArrayList<>(events);
      for (int i = 0; i < random.nextInt(5); i++) {
        shuffled.add(events.get(random.nextInt(events.size())));
      }
      Collections.shuffle(shuffled, random);

      assertThat(state(shuffled)).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
  }

  private static List<Event> randomEvents(Random random, int count) {
    List<String> types =
        List.of("lead.created", "lead.updated", "lead.updated", "lead.updated", "lead.deleted");
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          TestEvent.of(types.get(random.nextInt(types.size())), "lead/1")
              .id("e" + i)
              .source(random.nextBoolean() ? "crm" : "billing")
              .at(random.nextInt(6))
              .data("f" + random.nextInt(3), random.nextInt(4) == 0 ? null : "v" + i)
              .build());
    }
    return events;
  }

  private static TestEvent update(long at) {
    return TestEvent.of("lead.updated", "lead/1").at(at).id("update-" + at);
  }

  private static TestEvent deletion(long at) {
    return TestEvent.of("lead.deleted", "lead/1").at(at);
  }

  private static Optional<VisibleRecord> merged(TestEvent... events) {
    List<Event> built = new ArrayList<>();
    for (TestEvent event : events) {
      built.add(event.build());
    }
    return RecordMerge.visible("1", state(built));
  }

  private static RecordState state(List<Event> events) {
    Optional<RecordState> state = Optional.empty();
    for (Event event : events) {
      state = Optional.of(RecordMerge.merge(state, event));
    }
    return state.orElseThrow();
  }
}
