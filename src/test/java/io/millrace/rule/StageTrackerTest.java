package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTrackerTest {
  @TempDir private Path directory;
  private Lifecycle small;
  private final List<StageChange> announced = new ArrayList<>();
  private Optional<StageHistory> history = Optional.empty();

  @BeforeEach
  void read() {
    small = TestLifecycles.small(directory);
  }

  @Test
  void reportsMovesWithWhereTheyCameFrom() {
    track(created(1), stage("b", 2), stage("d", 3));

    assertThat(said())
        .containsExactly(
            "DETECTED null > a INITIAL",
            "DETECTED a > b ALLOWED",
            "DETECTED b > d SKIPPED [c] won");
    assertThat(announced.getFirst().getChangeId()).isEqualTo("lead/L-1|status|crm/created-1");
    assertThat(announced.getFirst().getOccurredAt().toEpochMilli()).isEqualTo(1);
  }

  @Test
  void lateEventCorrectsOnlyTheMoveAfterIt() {
    track(created(1), stage("c", 4), stage("d", 5), stage("b", 2));

    assertThat(said().subList(3, 5))
        .containsExactly("DETECTED a > b ALLOWED", "CORRECTED b > c ALLOWED");
    assertThat(announced).hasSize(5);
  }

  @Test
  void takesBackAMoveThatALateEventMakesARepetition() {
    track(created(1), stage("b", 4), stage("b", 2));

    assertThat(said().subList(2, 4))
        .containsExactly("RETRACTED a > b ALLOWED", "DETECTED a > b ALLOWED");
  }

  @Test
  void reportsNeitherRepetitionsNorOtherNews() {
    track(created(1), stage("Alpha", 2), update(3).data("plan", "pro"), stage("A", 4));

    assertThat(said()).containsExactly("DETECTED null > a INITIAL");
  }

  @Test
  void keepsUndeclaredStagesAndSaysSo() {
    track(created(1), stage("Zeta", 2), stage("b", 3));

    assertThat(said().subList(1, 3))
        .containsExactly("DETECTED a > Zeta UNKNOWN_STAGE", "DETECTED Zeta > b UNKNOWN_STAGE");
  }

  @Test
  void beginsWithWhatTheSenderSaysCameBefore() {
    track(stage("b", 2).previous("status", "Alpha"));

    assertThat(said()).containsExactly("DETECTED a > b ALLOWED");
    assertThat(announced.getFirst().getClaimedPrevious()).contains("a");
    assertThat(announced.getFirst().getContradicted()).isFalse();
  }

  @Test
  void reportsThatTheSenderSaysOtherwiseUntilTheMissingEventComes() {
    track(created(1), stage("d", 3).previous("status", "c"));
    assertThat(announced.getLast().getContradicted()).isTrue();
    assertThat(announced.getLast().getFromStage()).contains("a");

    track(stage("c", 2));

    assertThat(announced.getLast().getStatus()).isEqualTo("CORRECTED");
    assertThat(announced.getLast().getContradicted()).isFalse();
  }

  @Test
  void noMoveReachesFromOneLifeIntoAnother() {
    track(created(1), stage("c", 2), deleted(3), created(4), stage("b", 5));

    assertThat(said().subList(2, 5))
        .containsExactly(
            "DETECTED c > null ENDED", "DETECTED null > a INITIAL", "DETECTED a > b ALLOWED");
  }

  @Test
  void isSilentAboutADeletedRecordUntilItIsCreatedAgain() {
    track(created(1), deleted(2), stage("c", 4));
    assertThat(announced).hasSize(2);

    track(created(3));

    assertThat(said().subList(2, 4))
        .containsExactly("DETECTED null > a INITIAL", "DETECTED a > c SKIPPED [b]");
  }

  @Test
  void reportsWatchedFields() {
    track(
        created(1).data("owner", "ann"),
        update(2).data("owner", "bob"),
        update(3).data("owner", null),
        update(4).data("owner", null));

    assertThat(said())
        .containsExactly(
            "DETECTED null > a INITIAL",
            "DETECTED null > ann INITIAL",
            "DETECTED ann > bob CHANGED",
            "DETECTED bob > null CHANGED");
  }

  @Test
  void remembersNoMoreThanItsBoundAndNeverChangesWhatIsSettled() {
    for (int time = 0; time < 3 * StageTracker.MAX_MARKS; time++) {
      track(stage(time % 2 == 0 ? "b" : "c", 10 + time).id("e" + time));
    }
    assertThat(history.orElseThrow().getMarks())
        .hasSizeBetween(StageTracker.MAX_MARKS, StageTracker.MAX_MARKS + 3);
    announced.clear();

    track(stage("d", 11), created(5), deleted(12));

    assertThat(announced).isEmpty();
  }

  @Test
  void cutsWhatIsTooLongToBeAStage() {
    track(stage("Z".repeat(10_000), 1));

    assertThat(announced.getFirst().getToStage().orElseThrow()).hasSize(StageTracker.MAX_VALUE);
  }

  @Test
  void standsWithTheSameChangesInEveryOrder() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      List<Event> events = randomEvents(random, 1 + random.nextInt(30));
      Map<String, String> expected = NaiveStages.standing(events);
      List<Event> arrivals = new ArrayList<>(events);
      events.stream().filter(event -> random.nextInt(3) == 0).forEach(arrivals::add);

      for (int order = 0; order < 4; order++) {
        Collections.shuffle(arrivals, random);
        assertThat(standing(new StageTracker(small), arrivals))
            .as("-Dseed=%d, round %d, %s", seed, round, arrivals)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void standsWithTheSameChangesInEachOfAllOrdersOfAFew() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<Event> events = randomEvents(random, 5);
      Map<String, String> expected = NaiveStages.standing(events);
      for (List<Event> arrivals : permutations(events)) {
        assertThat(standing(new StageTracker(small), arrivals))
            .as("-Dseed=%d, round %d, %s", seed, round, arrivals)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void findsWithAShortMemoryWhatItFindsWithALongOne() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      // No event is overtaken by more than six, and no life goes on for long without a creation.
      List<Event> events = new ArrayList<>(randomEvents(random, 120));
      events.sort(Comparator.comparing(EventOrder::stamp));
      for (int from = 0; from + 6 <= events.size(); from += 6) {
        Collections.shuffle(events.subList(from, from + 6), random);
      }

      assertThat(standing(new StageTracker(small, 60), events))
          .as("-Dseed=%d, round %d", seed, round)
          .isEqualTo(NaiveStages.standing(events));
    }
  }

  /** What stands by the announcements alone, as a reader of the topic reckons. */
  private Map<String, String> standing(StageTracker tracker, List<Event> arrivals) {
    Map<String, String> standing = new TreeMap<>();
    Optional<StageHistory> known = Optional.empty();
    for (Event event : arrivals) {
      Optional<StageOutcome> outcome = tracker.add(known, event);
      if (outcome.isPresent()) {
        known = outcome.map(StageOutcome::history);
        outcome.get().changes().forEach(change -> apply(change, standing));
      }
    }
    return standing;
  }

  private static void apply(StageChange change, Map<String, String> standing) {
    String what =
        "%s %s %s%s%s"
            .formatted(
                change.getFromStage().orElse("null"),
                change.getToStage().orElse("null"),
                change.getVerdict(),
                change.getSkipped(),
                change.getContradicted() ? " not " + change.getClaimedPrevious().get() : "");
    String known = standing.get(change.getChangeId());
    switch (change.getStatus()) {
      case "DETECTED" -> assertThat(known).as("%s", change).isNull();
      case "CORRECTED" -> assertThat(known).as("%s", change).isNotNull();
      default -> assertThat(known).as("%s", change).isEqualTo(what);
    }
    if (change.getStatus().equals("RETRACTED")) {
      standing.remove(change.getChangeId());
    } else {
      standing.put(change.getChangeId(), what);
    }
  }

  private static List<Event> randomEvents(Random random, int count) {
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      events.add(randomEvent(random, number, count));
    }
    return events;
  }

  private static Event randomEvent(Random random, int number, int count) {
    String type =
        switch (random.nextInt(10)) {
          case 0, 1 -> "lead.created";
          case 2 -> "lead.deleted";
          case 3 -> "lead.qualified";
          case 4 -> "lead.lost";
          default -> "lead.updated";
        };
    TestEvent event =
        TestEvent.of(type, "lead/L-1")
            .id("e" + number)
            .source(random.nextBoolean() ? "crm" : "forms")
            .at(random.nextInt(count * 2));
    List<String> stages = List.of("Alpha", "A", "b", "c", "d", "LOST", "Zeta", " ");
    if (random.nextInt(4) > 0) {
      event.data("status", stages.get(random.nextInt(stages.size())));
    }
    if (random.nextInt(4) == 0) {
      event.previous("status", stages.get(random.nextInt(stages.size() - 1)));
    }
    if (random.nextInt(3) == 0) {
      event.data("owner", random.nextInt(3) == 0 ? null : "owner-" + random.nextInt(2));
    }
    return event.build();
  }

  private static List<List<Event>> permutations(List<Event> events) {
    if (events.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Event>> all = new ArrayList<>();
    for (Event first : events) {
      List<Event> rest = new ArrayList<>(events);
      rest.remove(first);
      for (List<Event> tail : permutations(rest)) {
        List<Event> whole = new ArrayList<>(List.of(first));
        whole.addAll(tail);
        all.add(whole);
      }
    }
    return all;
  }

  private void track(TestEvent... events) {
    for (TestEvent event : events) {
      new StageTracker(small)
          .add(history, event.build())
          .ifPresent(
              outcome -> {
                history = Optional.of(outcome.history());
                announced.addAll(outcome.changes());
              });
    }
  }

  private List<String> said() {
    return announced.stream()
        .map(
            change ->
                "%s %s > %s %s%s%s"
                    .formatted(
                        change.getStatus(),
                        change.getFromStage().orElse("null"),
                        change.getToStage().orElse("null"),
                        change.getVerdict(),
                        change.getSkipped().isEmpty() ? "" : " " + change.getSkipped(),
                        change.getOutcome().map(outcome -> " " + outcome).orElse("")))
        .toList();
  }

  private static TestEvent created(long at) {
    return TestEvent.of("lead.created", "lead/L-1").id("created-" + at).at(at);
  }

  private static TestEvent deleted(long at) {
    return TestEvent.of("lead.deleted", "lead/L-1").id("deleted-" + at).at(at);
  }

  private static TestEvent update(long at) {
    return TestEvent.of("lead.updated", "lead/L-1").id("update-" + at).at(at);
  }

  private static TestEvent stage(String stage, long at) {
    return update(at).data("status", stage);
  }
}
