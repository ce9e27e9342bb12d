package io.millrace.flow.score;

import io.millrace.event.CandidateScore;
import io.millrace.event.ScoreComparison;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells where the model in use and a candidate differ on a person. What stands is a function of the
 * counts and their moment, like the scores.
 */
final class ModelComparison {
  private ModelComparison() {}

  /** What is to be remembered of the candidate's score. */
  static CandidateScore memory(ModelScore present, ModelScore candidate) {
    return new CandidateScore(
        candidate.model(),
        candidate.score(),
        candidate.contributions(),
        present.differsFrom(candidate));
  }

  /**
   * What is new.
   *
   * @param presentIsNew whether anything about the score in use is
   * @param before what was remembered of the candidate's; empty when there was no candidate
   * @param after the candidate's score now; empty when there is none any more
   */
  static Compared compare(
      String person,
      ModelScore present,
      boolean presentIsNew,
      Optional<CandidateScore> before,
      Optional<ModelScore> after,
      Instant asOf) {
    boolean differed = before.filter(CandidateScore::getDiffers).isPresent();
    Optional<ModelScore> differing = after.filter(present::differsFrom);
    if (differing.isEmpty()) {
      return differed ? new Compared.AgreeAgain() : new Compared.NothingNew();
    }
    boolean isNew =
        presentIsNew || !before.equals(differing.map(candidate -> memory(present, candidate)));
    return isNew
        ? new Compared.Differ(comparison(person, present, differing.get(), asOf))
        : new Compared.NothingNew();
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
