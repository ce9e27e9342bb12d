package io.millrace.flow.score;

import io.millrace.event.CandidateScore;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ThresholdMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person's new score, and what is said about it.
 *
 * @param before what was remembered until now
 */
record NewScore(
    ScoreMemory before, PersonCounts counts, ModelScore score, String person, ScoreCause cause) {

  /**
   * What follows from it, for counts that are not empty.
   *
   * @param other the candidate's score
   */
  ScoreOutcome outcome(ThresholdWatch.Seen seen, Optional<ModelScore> other) {
    Instant asOf = counts.asOf().orElseThrow();
    boolean isNew = isNew(asOf);
    return new ScoreOutcome(
        memory(other, seen.memory()),
        counts.part(),
        isNew ? Optional.of(leadScore(asOf)) : Optional.empty(),
        change(asOf),
        raised(seen.crossings(), asOf),
        ModelComparison.compare(person, score, isNew, before.getCandidate(), other, asOf));
  }

  private ScoreMemory memory(
      Optional<ModelScore> candidate, Map<String, ThresholdMemory> thresholds) {
    Optional<CandidateScore> other = candidate.map(tried -> ModelComparison.memory(score, tried));
    return ScoreMemory.newBuilder()
        .setCounts(counts.all().toMap())
        .setScore(score.score())
        .setContributions(score.contributions())
        .setAsOf(counts.asOf().orElse(null))
        .setModel(score.model())
        .setThresholds(thresholds)
        .setCandidate(other.orElse(null))
        .setOthers(counts.others())
        .setOwn(counts.own().orElse(null))
        .build();
  }

  /** Whether anything is new, even if only the time or the model. */
  private boolean isNew(Instant asOf) {
    return isChanged()
        || !before.getAsOf().equals(Optional.of(asOf))
        || !before.getModel().equals(Optional.of(score.model()));
  }

  private boolean isChanged() {
    return before.getScore() != score.score()
        || !before.getContributions().equals(score.contributions());
  }

  private LeadScore leadScore(Instant asOf) {
    return LeadScore.newBuilder()
        .setPerson(person)
        .setScore(score.score())
        .setContributions(score.contributions())
        .setModel(score.model())
        .setAsOf(asOf)
        .build();
  }

  /** The change, if the score or a contribution has changed. */
  Optional<LeadScoreChange> change(Instant asOf) {
    if (!isChanged()) {
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
            .setCause(cause.text())
            .setAsOf(asOf)
            .build());
  }

  private List<Event> raised(List<ThresholdWatch.Crossing> crossings, Instant asOf) {
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
}
