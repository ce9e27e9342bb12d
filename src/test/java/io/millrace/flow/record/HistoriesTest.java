package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordHistory;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.naive.NaiveRecords;
import io.millrace.flow.testing.TestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Records as nodes of a network in which every message may overtake every other. To repeat a
 * failure run with -Dseed=SEED.
 */
class HistoriesTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 600);
  private static final int ORDERS_PER_ROUND = 4;

  /** No message of so few records can go on for longer, unless messages do not end. */
  private static final int MOST_MESSAGES = 20_000;

  @Test
  void everyInterleavingEndsAsTheNaiveModelSays() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Event> events = randomEvents(random);
      Map<String, VisibleRecord> expected = NaiveRecords.records(events);
      for (int order = 0; order < ORDERS_PER_ROUND; order++) {
        Network network = new Network(random);
        network.deliver(events);
        assertThat(network.visible())
            .as("seed %d, round %d, order %d: %s", seed, round, order, story(events))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void historyOfAChainReachesItsEnd() {
    Network network = new Network(new Random(1));
    network.deliver(
        List.of(
            update("C", 1).data("plan", "pro").build(),
            merge("B", 2, "C").build(),
            merge("A", 3, "B").build(),
            update("C", 4).data("owner", "Ada").build()));

    assertThat(network.visible()).containsOnlyKeys("A");
    assertThat(network.fields("A")).isEqualTo(Map.of("plan", "pro", "owner", "Ada"));
  }

  @Test
  void latestMergeOfACircleDecidesWhoGoesOn() {
    Network network = new Network(new Random(1));
    network.deliver(
        List.of(
            merge("A", 1, "B").data("a", "1").build(),
            merge("B", 2, "C").data("b", "2").build(),
            merge("C", 3, "A").data("c", "3").build()));

    assertThat(network.visible()).containsOnlyKeys("C");
    assertThat(network.fields("C")).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
  }

  @Test
  void latestMergeOfARecordTakesItsHistoryFromAnother() {
    Network network = new Network(new Random(1));
    network.deliver(
        List.of(
            update("B", 1).data("plan", "pro").build(),
            merge("A", 2, "B").data("status", "won").build(),
            merge("C", 3, "B").build()));

    assertThat(network.fields("A")).isEqualTo(Map.of("status", "won"));
    assertThat(network.fields("C")).isEqualTo(Map.of("plan", "pro"));
  }

  @Test
  void deletionReachesARecordThatIsMergedElsewhereLater() {
    Network network = new Network(new Random(1));
    network.deliver(
        List.of(
            update("A", 1).data("email", "ann@example.com").build(),
            merge("B", 2, "A").build(),
            TestEvent.of("lead.deleted", "lead/B").at(3).build(),
            update("A", 4).data("plan", "pro").build(),
            TestEvent.of("lead.created", "lead/C").at(5).data("owner", "Ada").build(),
            merge("C", 6, "A").build()));

    assertThat(network.visible()).containsOnlyKeys("C");
    assertThat(network.fields("C")).isEqualTo(Map.of("plan", "pro", "owner", "Ada"));
  }

  @Test
  void mergeReportedAgainBringsNothingBack() {
    Network network = new Network(new Random(1));
    network.deliver(
        List.of(
            update("A", 1).data("email", "ann@example.com").build(),
            merge("B", 2, "A").build(),
            TestEvent.of("lead.deleted", "lead/B").at(3).build(),
            TestEvent.of("lead.created", "lead/B").at(4).data("owner", "Ada").build(),
            merge("B", 5, "A").build()));

    assertThat(network.visible()).containsOnlyKeys("B");
    assertThat(network.fields("B")).isEqualTo(Map.of("owner", "Ada"));
  }

  @Test
  void recordThatForgotItsHistoryGetsItBackFromTheOneItWasMergedInto() {
    Network network = new Network(new Random(1));
    network.deliver(
        List.of(update("B", 1).data("plan", "pro").build(), merge("A", 2, "B").build()));
    network.states.replaceAll((id, state) -> Forgetting.forget(id, state, "g"));
    assertThat(network.state("B").getFields()).isEmpty();

    network.deliver(List.of(merge("B", 3, "A").build()));

    assertThat(network.visible()).containsOnlyKeys("B");
    assertThat(network.fields("B")).isEqualTo(Map.of("plan", "pro"));
  }

  private static List<Event> randomEvents(Random random) {
    List<String> ids = List.of("A", "B", "C", "D", "E").subList(0, 2 + random.nextInt(4));
    List<Event> events = new ArrayList<>();
    int count = 2 + random.nextInt(16);
    for (int i = 0; i < count; i++) {
      String id = ids.get(random.nextInt(ids.size()));
      TestEvent event =
          switch (random.nextInt(14)) {
            case 0, 1 -> TestEvent.of("lead.created", "lead/" + id);
            case 2 -> TestEvent.of("lead.restored", "lead/" + id);
            case 3, 4 -> TestEvent.of("lead.deleted", "lead/" + id);
            case 5, 6, 7, 8 ->
                TestEvent.of("lead.merged", "lead/" + id).data("merged_ids", list(ids, random));
            case 9 ->
                TestEvent.of("lead.merged", "lead/" + id).data("merged_into", one(ids, random));
            case 10 -> TestEvent.of("note.deleted", "lead/" + id);
            default -> TestEvent.of("lead.updated", "lead/" + id);
          };
      event.id("e" + random.nextInt(100) + "-" + i).at(random.nextInt(30));
      event.source(random.nextBoolean() ? "crm" : "billing");
      String field = "f" + random.nextInt(3);
      event.data(field, value(random));
      if (random.nextInt(3) == 0) {
        event.previous(field, value(random));
      }
      events.add(event.build());
    }
    return events;
  }

  private static @Nullable String value(Random random) {
    return random.nextInt(5) == 0 ? null : "v" + random.nextInt(4);
  }

  private static String list(List<String> ids, Random random) {
    String one = one(ids, random);
    return switch (random.nextInt(3)) {
      case 0 -> one;
      case 1 -> "[\"" + one + "\"]";
      default -> "[\"" + one + "\", \"" + one(ids, random) + "\"]";
    };
  }

  private static String one(List<String> ids, Random random) {
    return ids.get(random.nextInt(ids.size()));
  }

  private static TestEvent update(String id, long at) {
    return TestEvent.of("lead.updated", "lead/" + id).at(at).id("update-" + at);
  }

  private static TestEvent merge(String id, long at, String merged) {
    return TestEvent.of("lead.merged", "lead/" + id)
        .at(at)
        .id("merge-" + at)
        .data("merged_ids", merged);
  }

  private static String story(List<Event> events) {
    StringBuilder story = new StringBuilder();
    for (Event event : events) {
      story
          .append(event.getEventType())
          .append(' ')
          .append(event.getRecord().getId())
          .append('@')
          .append(event.getOccurredAt().toEpochMilli())
          .append(event.getData())
          .append("; ");
    }
    return story.toString();
  }

  /** All records and what is under way between them. */
  private static final class Network {
    private final Random random;
    private final Map<String, RecordState> states = new TreeMap<>();
    private final List<SpecificRecord> underWay = new ArrayList<>();

    Network(Random random) {
      this.random = random;
    }

    /** Hands out events and messages in any order, some of them twice. */
    void deliver(List<Event> events) {
      underWay.addAll(events);
      events.stream().filter(event -> random.nextInt(4) == 0).forEach(underWay::add);
      for (int i = 0; !underWay.isEmpty(); i++) {
        assertThat(i).as("messages end").isLessThan(MOST_MESSAGES);
        SpecificRecord next = underWay.remove(random.nextInt(underWay.size()));
        if (random.nextInt(8) == 0) {
          underWay.add(next);
        }
        hand(next);
      }
    }

    Map<String, VisibleRecord> visible() {
      Map<String, VisibleRecord> visible = new TreeMap<>();
      states.forEach(
          (id, state) ->
              RecordMerge.visible(id, state).ifPresent(record -> visible.put(id, record)));
      return visible;
    }

    Map<String, String> fields(String id) {
      return RecordMerge.visible(id, state(id)).orElseThrow().fields();
    }

    RecordState state(String id) {
      return Optional.ofNullable(states.get(id)).orElseThrow();
    }

    private void hand(SpecificRecord next) {
      switch (next) {
        case Event event -> {
          change(event.getRecord(), before -> RecordMerge.merge(before, event));
          underWay.addAll(((MergedRecords.Parsed.Merges) MergedRecords.of(event)).all());
        }
        case RecordMerged merged ->
            change(merged.getRecord(), before -> Histories.note(before, merged));
        case RecordHistory history ->
            change(history.getSurvivor(), before -> Histories.receive(before, history));
        default -> throw new IllegalStateException("Nobody sends " + next);
      }
    }

    private void change(RecordRef record, Change change) {
      Optional<RecordState> before = Optional.ofNullable(states.get(record.getId()));
      RecordState after = change.of(before);
      states.put(record.getId(), after);
      underWay.addAll(Histories.toSend(record, before, after));
    }
  }

  private interface Change {
    RecordState of(Optional<RecordState> before);
  }
}
