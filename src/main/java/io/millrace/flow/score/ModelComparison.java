package io.millrace.flow.score;

import io.millrace.event.CandidateScore;
import io.millrace.event.ScoreComparison;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares the model in use with a candidate for a person. Like the scores, the final result is a
 * function of the counts and their time.
 */
final class ModelComparison {
  private ModelComparison() {}

  /** What to remember of the candidate's score. */
  static CandidateScore memory(ModelScore present, ModelScore candidate) {
    return new CandidateScore(
        candidate.model(),
        candidate.score(),
        candidate.contributions(),
        present.differsFrom(candidate));
  }

  /**
   * The change of the comparison.
   *
   * @param presentIsNew whether the score in use has changed
   * @param before the remembered candidate's score; empty if there was no candidate
   * @param after the candidate's score now; empty if there is no candidate
   */
  static ComparisonResult compare(
      String person,
      ModelScore present,
      boolean presentIsNew,
      Optional<CandidateScore> before,
      Optional<ModelScore> after,
      Instant asOf) {
    boolean differed = before.filter(CandidateScore::getDiffers).isPresent();
    Optional<ModelScore> differing = after.filter(present::differsFrom);
    if (differing.isEmpty()) {
      return differed ? new ComparisonResult.AgreeAgain() : new ComparisonResult.NothingNew();
    }
    boolean isNew =
        presentIsNew || !before.equals(differing.map(candidate -> memory(present, candidate)));
    return isNew
        ? new ComparisonResult.Differ(comparison(person, present, differing.get(), asOf))
        : new ComparisonResult.NothingNew();
  }

  private static ScoreComparison comparison(
      String person, ModelScore present, ModelScore candidate, Instant asOf) {
    return ScoreComparison.newBuilder()
        .setPerson(person)
        .setModel(present.model())
        .setScore(present.score())
        .setContributions(present.contributions())
        .setReached(present.reached())
        .setCandidateModel(candidate.model())
        .setCandidateScore(candidate.score())
        .setCandidateContributions(candidate.contributions())
        .setCandidateReached(candidate.reached())
        .setDifference(candidate.score() - present.score())
        .setAsOf(asOf)
        .build();
  }
}
