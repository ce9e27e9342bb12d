package io.millrace.flow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import io.millrace.flow.naive.AnnouncedStages;
import io.millrace.flow.naive.NaiveStages;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestLifecycles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void ordersOneInstantByIdAndMarksWhatItsSenderContradicts() {
    track(
        created(1),
        stage("b", 2).id("z").previous("status", "a"),
        stage("c", 2).id("y").previous("status", "b"));

    assertThat(said().subList(1, 4))
        .containsExactly(
            "DETECTED a > b ALLOWED", "DETECTED a > c SKIPPED [b]", "CORRECTED c > b ALLOWED");
    assertThat(announced.subList(2, 4)).allMatch(StageChange::getContradicted);
  }

  @Test
  void believesNoSenderThatNamesTheSameStageTwiceOrNone() {
    track(
        stage(" b ", 2).previous("status", "B"),
        stage("c", 3).previous("status", " "),
        update(4).data("owner", "ann").previous("owner", "ann"));

    assertThat(said())
        .containsExactly(
            "DETECTED null > b INITIAL", "DETECTED b > c ALLOWED", "DETECTED null > ann INITIAL");
    assertThat(announced.get(1).getClaimedPrevious()).isEmpty();
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
  void staysSilentAboutADeletedRecordHoweverLongItIsTalkedAbout() {
    StageTracker tracker = new StageTracker(small, 8);
    List<Event> events = new ArrayList<>(List.of(created(1).build(), deleted(2).build()));
    for (int time = 3; time < 60; time++) {
      events.add(stage(time % 2 == 0 ? "b" : "c", time).build());
    }

    assertThat(AnnouncedStages.after(tracker, events))
        .isEqualTo(NaiveStages.standing(events))
        .hasSize(2);
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
