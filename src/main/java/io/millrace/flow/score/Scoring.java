package io.millrace.flow.score;

import io.millrace.event.CandidateScore;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ThresholdMemory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one person's score. Scores and comparisons are a function of the counts, not of their
 * order: as_of is the time of the latest behaviour, and decay is calculated up to that time and not
 * to the present. Threshold events are not such a function: see {@link ThresholdWatch}.
 *
 * <p>Every declared activity is counted, whether or not a rule names it: a rule or a model added
 * later scores earlier counts too, at the person's next activity.
 */
public final class Scoring {
  private final ScoringModel model;
  private final Optional<ScoringModel> candidate;
  private final ThresholdWatch thresholds;

  /**
   * @param candidate a model that is only compared and has no other effect
   */
  public Scoring(ScoringModel model, Optional<ScoringModel> candidate) {
    this.model = model;
    this.candidate = candidate;
    this.thresholds = new ThresholdWatch(model.thresholds());
  }

  /** Adds an input to the person's score. */
  public ScoreOutcome add(Optional<ScoreMemory> remembered, String person, ScoreInput input) {
    ScoreMemory before = remembered.orElseGet(Scoring::nothing);
    Instant asOf = before.getAsOf().filter(input.moment()::isBefore).orElse(input.moment());
    ActivityCounts counts = counted(before, input, asOf);
    ModelScore score = model.score(counts);
    Optional<ModelScore> other = candidate.map(tried -> tried.score(counts));
    ThresholdWatch.Seen seen =
        thresholds.see(before.getThresholds(), before.getScore(), score.score());
    boolean isNew = isNew(before, score, asOf);
    return new ScoreOutcome(
        memory(counts, score, other, seen.memory(), asOf),
        isNew ? Optional.of(leadScore(person, score, asOf)) : Optional.empty(),
        change(before, score, person, input.cause(), asOf),
        raised(seen.crossings(), before, score, person, input, asOf),
        ModelComparison.compare(person, score, isNew, before.getCandidate(), other, asOf));
  }

  private static ActivityCounts counted(ScoreMemory before, ScoreInput input, Instant asOf) {
    LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    ActivityCounts counts = ActivityCounts.of(before.getCounts(), today);
    input.counts().forEach((activity, times) -> counts.add(activity, input.day(), times));
    return counts;
  }

  private static ScoreMemory memory(
      ActivityCounts counts,
      ModelScore score,
      Optional<ModelScore> candidate,
      Map<String, ThresholdMemory> thresholds,
      Instant asOf) {
    Optional<CandidateScore> other = candidate.map(tried -> ModelComparison.memory(score, tried));
    return ScoreMemory.newBuilder()
        .setCounts(counts.toMap())
        .setScore(score.score())
        .setContributions(score.contributions())
        .setAsOf(asOf)
        .setModel(score.model())
        .setThresholds(thresholds)
        .setCandidate(other.orElse(null))
        .build();
  }

  /** Whether anything is new, even if only the time or the model. */
  private static boolean isNew(ScoreMemory before, ModelScore score, Instant asOf) {
    return isChanged(before, score)
        || !before.getAsOf().equals(Optional.of(asOf))
        || !before.getModel().equals(Optional.of(score.model()));
  }

  private static boolean isChanged(ScoreMemory before, ModelScore score) {
    return before.getScore() != score.score()
        || !before.getContributions().equals(score.contributions());
  }

  private static LeadScore leadScore(String person, ModelScore score, Instant asOf) {
    return LeadScore.newBuilder()
        .setPerson(person)
        .setScore(score.score())
        .setContributions(score.contributions())
        .setModel(score.model())
        .setAsOf(asOf)
        .build();
  }

  private static Optional<LeadScoreChange> change(
      ScoreMemory before, ModelScore score, String person, String cause, Instant asOf) {
    if (!isChanged(before, score)) {
      return Optional.empty();
    }
    return Optional.of(
        LeadScoreChange.newBuilder()
            .setPerson(person)
            .setPreviousScore(before.getScore())
            .setScore(score.score())
            .setPreviousContributions(before.getContributions())
            .setContributions(score.contributions())
            .setModel(score.model())
            .setPreviousModel(before.getModel().orElse(null))
            .setCause(cause)
            .setAsOf(asOf)
            .build());
  }

  private static List<Event> raised(
      List<ThresholdWatch.Crossing> crossings,
      ScoreMemory before,
      ModelScore score,
      String person,
      ScoreInput cause,
      Instant asOf) {
    return crossings.stream()
        .map(
            crossing ->
                ThresholdEvents.reached(
                    crossing.threshold(),
                    crossing.number(),
                    person,
                    cause,
                    score,
                    before.getScore(),
                    asOf))
        .toList();
  }

  private static ScoreMemory nothing() {
    return ScoreMemory.newBuilder().setScore(0).build();
  }
}
