package io.millrace.flow.score;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Contribution;
import io.millrace.event.DayCount;
import io.millrace.event.EngagementBatch;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import io.millrace.event.Signal;
import io.millrace.flow.signal.SignalChange;
import io.millrace.flow.signal.SignalDetector;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScoringTest {
  private static final String ANN = "ann@example.com";
  private static final Scoring SCORING =
      new Scoring(
          new ScoringModel(
              "lead-score",
              "7",
              0,
              100,
              List.of(
                  rule("visits", "visit", 4, 10, 10),
                  rule("forms", "form", 40, 1_000, 0),
                  rule("refusals", "unsubscribe", -15, 15, 0)),
              List.of()),
          Optional.empty());

  private Optional<ScoreMemory> memory = Optional.empty();
  private Optional<LeadScore> score = Optional.empty();
  private Optional<LeadScoreChange> change = Optional.empty();

  @Test
  void addsPointsForEachTime() {
    happen("visit", 2, NOON);

    LeadScore now = score.orElseThrow();
    assertThat(now.getScore()).isEqualTo(8);
    assertThat(now.getModel()).isEqualTo("lead-score/7");
    assertThat(now.getAsOf()).isEqualTo(NOON);
    assertThat(now.getContributions()).containsExactly(new Contribution("visits", 2L, 8.0));
  }

  @Test
  void addsNoMoreThanTheCap() {
    happen("visit", 9, NOON);

    assertThat(score.orElseThrow().getContributions())
        .containsExactly(new Contribution("visits", 9L, 10.0));
  }

  @Test
  void takesPointsForAnUnsubscribe() {
    happen("form", 1, NOON);
    happen("unsubscribe", 3, NOON);

    assertThat(score.orElseThrow().getScore()).isEqualTo(25);
    assertThat(change.orElseThrow().getPreviousScore()).isEqualTo(40);
    assertThat(change.orElseThrow().getCause()).isEqualTo("batch:b1");
  }

  @Test
  void staysWithinItsBounds() {
    happen("unsubscribe", 1, NOON);
    assertThat(score.orElseThrow().getScore()).isZero();

    happen("form", 5, NOON);
    assertThat(score.orElseThrow().getScore()).isEqualTo(100);
  }

  @Test
  void countsHalfAfterAHalfLife() {
    happen("visit", 2, NOON);
    happen("other", 1, NOON.plus(Duration.ofDays(10)));

    assertThat(score.orElseThrow().getScore()).isEqualTo(4);
    assertThat(change.orElseThrow().getPreviousScore()).isEqualTo(8);
  }

  @Test
  void countsNoPointsAfterTwentyHalfLives() {
    happen("visit", 2, NOON);
    happen("visit", 1, NOON.plus(Duration.ofDays(201)));

    assertThat(score.orElseThrow().getContributions())
        .containsExactly(new Contribution("visits", 1L, 4.0));
  }

  @Test
  void remembersWhatNoRuleNames() {
    happen("other", 2, NOON);

    assertThat(memory.orElseThrow().getCounts())
        .isEqualTo(Map.of("other", List.of(new DayCount(20_514, 2L))));
  }

  @Test
  void endsTheSameInEitherOrder() {
    happen("visit", 2, NOON.plus(Duration.ofDays(3)));
    happen("visit", 1, NOON);
    LeadScore backwards = score.orElseThrow();
    memory = Optional.empty();

    happen("visit", 1, NOON);
    happen("visit", 2, NOON.plus(Duration.ofDays(3)));

    assertThat(score).contains(backwards);
  }

  @Test
  void saysThatTheScoreIsTrueForALaterMoment() {
    happen("form", 1, NOON);
    happen("other", 1, NOON.plusSeconds(60));

    assertThat(score.orElseThrow().getAsOf()).isEqualTo(NOON.plusSeconds(60));
    assertThat(change).isEmpty();
  }

  @Test
  void saysNothingWhenNothingIsNew() {
    happen("form", 1, NOON);
    happen("other", 1, NOON.minusSeconds(60));

    assertThat(score).isEmpty();
    assertThat(change).isEmpty();
  }

  @Test
  void forgetsASignalThatIsTakenBack() {
    happen("form", 1, NOON);
    ScoreMemory before = memory.orElseThrow();

    happen("visit", 1, NOON);
    happen("visit", -1, NOON);

    assertThat(memory).contains(before);
  }

  @Test
  void doesNotAgeForAClockThatIsFarAhead() {
    Instant claimed = NOON.plus(Duration.ofDays(20_000));
    EngagementBatch batch =
        EngagementBatch.newBuilder()
            .setBatchId("b")
            .setPerson(ANN)
            .setIdentifier(ANN)
            .setWindowStart(claimed)
            .setWindowEnd(claimed)
            .setLate(false)
            .setEvents(1)
            .setCounts(Map.of())
            .setActivities(Map.of("visit", 1L))
            .setSources(List.of())
            .setFirstOccurredAt(claimed)
            .setLastOccurredAt(claimed)
            .build();

    ScoreInput believed = ScoreInput.of(batch, NOON);

    assertThat(believed.moment()).isEqualTo(NOON);
    assertThat(believed.day()).isEqualTo("2026-03-02");
  }

  @Test
  void countsASignalOnTheDayItWasCompletedWhicheverEventRetractsIt() {
    Signal signal = signal(SignalDetector.RETRACTED, NOON.plus(Duration.ofDays(3)));

    ScoreInput retraction =
        new SignalChange(signal, Optional.of(signal)).scoreInputs(NOON).getFirst();

    assertThat(retraction.day()).isEqualTo("2026-03-05");
    assertThat(retraction.counts()).isEqualTo(Map.of("signal:interest", -1L));
    assertThat(retraction.cause()).isEqualTo("signal:s");
  }

  @Test
  void takesNothingFromASignalCorrectedWithinItsDay() {
    Signal corrected = signal(SignalDetector.CORRECTED, NOON);
    Signal before = signal(SignalDetector.DETECTED, NOON.plusSeconds(60));

    assertThat(new SignalChange(corrected, Optional.of(before)).scoreInputs(NOON)).isEmpty();
  }

  @Test
  void movesASignalToItsNewDay() {
    Signal corrected = signal(SignalDetector.CORRECTED, NOON);
    Signal before = signal(SignalDetector.DETECTED, NOON.plus(Duration.ofDays(1)));

    List<ScoreInput> moved =
        new SignalChange(corrected, Optional.of(before)).scoreInputs(NOON.plus(Duration.ofDays(1)));

    LocalDate day = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    assertThat(moved).extracting(ScoreInput::day).containsExactly(day, day.plusDays(1));
    assertThat(moved)
        .extracting(input -> input.counts().get("signal:interest"))
        .containsExactly(1L, -1L);
  }

  private static Signal signal(String status, Instant completedAt) {
    return Signal.newBuilder()
        .setSignalId("s")
        .setSignal("interest")
        .setPerson(ANN)
        .setStatus(status)
        .setFirstAt(completedAt)
        .setCompletedAt(completedAt)
        .setEventIds(List.of())
        .setDescription("")
        .build();
  }

  private void happen(String activity, long times, Instant moment) {
    ScoreInput input =
        new ScoreInput(
            ANN,
            LocalDate.ofInstant(moment, ZoneOffset.UTC),
            Map.of(activity, times),
            moment,
            "batch:b1",
            moment);
    ScoreOutcome outcome = SCORING.add(memory, Optional.empty(), ANN, input);
    memory = Optional.of(outcome.memory());
    score = outcome.score();
    change = outcome.change();
  }

  private static ScoreRule rule(String name, String activity, double points, double cap, int days) {
    return ScoreRule.each(
        name,
        activity,
        points,
        Optional.of(cap),
        days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days)));
  }
}
