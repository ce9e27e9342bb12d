package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordHistory;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** To repeat a failure run with -Dseed=SEED. */
class StateJoinTest {
  private static final RecordState NOTHING = StateJoin.NOTHING_KNOWN;
  private static final RecordRef LEAD = new RecordRef("lead", "1");

  @Test
  void joinsAnyPartsInAnyOrderAndGroupingToTheSameState() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 600; round++) {
      List<UnaryOperator<RecordState>> changes = randomChanges(random);
      RecordState a = applied(part(changes, random));
      RecordState b = applied(part(changes, random));
      RecordState c = applied(part(changes, random));
      RecordState all = applied(changes);
      String story = "seed %d, round %d".formatted(seed, round);

      assertThat(StateJoin.join(a, b)).as(story).isEqualTo(StateJoin.join(b, a));
      assertThat(StateJoin.join(a, StateJoin.join(b, c)))
          .as(story)
          .isEqualTo(StateJoin.join(StateJoin.join(a, b), c));
      assertThat(StateJoin.join(a, a)).as(story).isEqualTo(a);
      assertThat(StateJoin.join(NOTHING, a)).as(story).isEqualTo(a);
      assertThat(StateJoin.join(a, all)).as(story).isEqualTo(all);

      Collections.shuffle(changes, random);
      assertThat(applied(changes)).as(story).isEqualTo(all);
    }
  }

  @Test
  void replayOutweighsWhatItRepeats_whicheverComesFirst() {
    Event original = TestEvent.of("lead.updated", "lead/1").data("status", "won").build();
    Event replay = TestEvent.of("lead.updated", "lead/1").data("status", "lost").replay(1).build();

    for (List<Event> order : List.of(List.of(original, replay), List.of(replay, original))) {
      RecordState state = NOTHING;
      for (Event event : order) {
        state = RecordMerge.merge(Optional.of(state), event);
      }
      assertThat(RecordMerge.visible("1", state).orElseThrow().field("status")).contains("lost");
    }
  }

  @Test
  void keepsTheLatestMergeIntoEachSurvivorAndAFewBefore() {
    RecordState state = NOTHING;
    for (int at = 0; at < 100; at++) {
      Event event = TestEvent.of("lead.merged", "lead/1").at(at).build();
      String survivor = "B" + at % 3;
      RecordMerged merged =
          new RecordMerged(LEAD, survivor, EventOrder.stamp(event), "crm", "e", Instant.EPOCH);
      state = Histories.note(Optional.of(state), merged);
    }

    List<MergeTree.Merge> merges = EarlierMerges.all(state);
    assertThat(state.getMergedInto()).containsOnlyKeys("B0", "B1", "B2");
    assertThat(merges.stream().map(merge -> EventOrder.occurredAt(merge.stamp()).toEpochMilli()))
        .containsExactlyElementsOf(LongStream.rangeClosed(81, 99).boxed().toList().reversed());
    assertThat(merges.getFirst().survivor()).isEqualTo("B0");
  }

  @Test
  void tellsTheLatestTurnsOfALifeApart() {
    RecordState state = NOTHING;
    for (int at = 0; at < 100; at++) {
      String type = at % 2 == 0 ? "lead.created" : "lead.deleted";
      Event event = TestEvent.of(type, "lead/1").at(at).build();
      state = RecordMerge.merge(Optional.of(state), event);
    }

    List<String> turns = StateJoin.turns(state, NOTHING);
    assertThat(turns).hasSize(StateJoin.MOST_TURNS);
    assertThat(EventOrder.occurredAt(turns.getFirst())).isEqualTo(Instant.ofEpochMilli(99));
  }

  private static List<UnaryOperator<RecordState>> randomChanges(Random random) {
    List<String> types =
        List.of("lead.created", "lead.restored", "lead.updated", "lead.updated", "lead.deleted");
    List<UnaryOperator<RecordState>> changes = new ArrayList<>();
    int count = 1 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      Event event =
          TestEvent.of(types.get(random.nextInt(types.size())), "lead/1")
              .id("e" + random.nextInt(20))
              .source(random.nextBoolean() ? "crm" : "billing")
              .at(random.nextInt(random.nextBoolean() ? 40 : 3))
              .replay(random.nextInt(2))
              .data("f" + random.nextInt(3), random.nextInt(4) == 0 ? null : "v" + i % 5)
              .previous("f" + random.nextInt(3), random.nextInt(4) == 0 ? null : "v" + i % 3)
              .build();
      String other = "B" + random.nextInt(3);
      switch (random.nextInt(4)) {
        case 0 -> {
          RecordMerged merged =
              new RecordMerged(LEAD, other, EventOrder.stamp(event), "crm", "e", Instant.EPOCH);
          changes.add(state -> Histories.note(Optional.of(state), merged));
        }
        case 1 -> {
          RecordHistory history =
              new RecordHistory(LEAD, other, RecordMerge.merge(Optional.empty(), event));
          changes.add(state -> Histories.receive(Optional.of(state), history));
        }
        default -> changes.add(state -> RecordMerge.merge(Optional.of(state), event));
      }
    }
    return changes;
  }

  private static List<UnaryOperator<RecordState>> part(
      List<UnaryOperator<RecordState>> changes, Random random) {
    List<UnaryOperator<RecordState>> part = new ArrayList<>(changes);
    part.removeIf(change -> random.nextBoolean());
    return part;
  }

  private static RecordState applied(List<UnaryOperator<RecordState>> changes) {
    RecordState state = NOTHING;
    for (UnaryOperator<RecordState> change : changes) {
      state = change.apply(state);
    }
    return state;
  }
}
