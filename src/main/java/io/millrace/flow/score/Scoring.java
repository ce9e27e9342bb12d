package io.millrace.flow.score;

import io.millrace.event.CandidateScore;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import io.millrace.event.ThresholdMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps one person's score. Scores and comparisons are a function of the counts, not of their
 * order: as_of is the time of the latest behaviour, and decay is calculated up to that time and not
 * to the present. Nor do they depend on the order in which identifiers join and leave. Threshold
 * events are not such a function: see {@link ThresholdWatch}.
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

  /**
   * Adds an input to the person's score.
   *
   * @param part what the input's identifier has contributed until now, if it is not the person's
   *     own
   */
  public ScoreOutcome add(
      Optional<ScoreMemory> remembered, Optional<ScorePart> part, String person, ScoreInput input) {
    ScoreMemory before = remembered.orElseGet(Scoring::nothing);
    PersonCounts counts =
        PersonCounts.grown(
            before, input.identifier().equals(person), part, PersonCounts.growth(input));
    ModelScore score = model.score(counts.all());
    ThresholdWatch.Seen seen =
        thresholds.see(before.getThresholds(), before.getScore(), score.score());
    return outcome(new NewScore(before, counts, score, person, ScoreCause.of(input)), seen);
  }

  /**
   * Adds what an identifier contributed to the score of another person.
   *
   * @param part what it has contributed here until now, if it is not the person's own
   * @param joining has the time of its latest behaviour
   * @param arrival when that became known
   */
  ScoreOutcome join(
      Optional<ScoreMemory> remembered,
      Optional<ScorePart> part,
      String person,
      String identifier,
      ScorePart joining,
      Instant arrival) {
    ScoreMemory before = remembered.orElseGet(Scoring::nothing);
    PersonCounts counts =
        PersonCounts.grown(
            before,
            identifier.equals(person),
            part,
            PersonCounts.growth(joining, joining.getAsOf().orElseThrow()));
    ModelScore score = model.score(counts.all());
    ThresholdWatch.Seen seen =
        thresholds.join(
            before.getThresholds(), before.getScore(), score.score(), joining.getReached());
    ScoreCause cause = ScoreCause.ofMove(identifier, arrival);
    return outcome(new NewScore(before, counts, score, person, cause), seen);
  }

  /**
   * A part that leaves a person.
   *
   * @param outcome the effect on the person it leaves
   * @param part what it takes with it
   */
  record Departed(ScoreOutcome outcome, ScorePart part) {}

  /**
   * Takes out what an identifier has contributed to the person's score; empty if it was nothing.
   *
   * @param part what it has contributed, if it is not the person's own
   * @param rest the parts of the other identifiers that stay
   * @param arrival when it became known that it leaves
   */
  Optional<Departed> depart(
      ScoreMemory before,
      Optional<ScorePart> part,
      String person,
      String identifier,
      Supplier<List<ScorePart>> rest,
      Instant arrival) {
    boolean isOwn = identifier.equals(person);
    return (isOwn ? PersonCounts.own(before) : part)
        .map(
            leaving -> {
              PersonCounts counts = PersonCounts.without(before, isOwn, leaving, rest);
              Map<String, ThresholdMemory> kept =
                  thresholds.depart(before.getThresholds(), before.getScore());
              ScorePart history =
                  new ScorePart(
                      leaving.getCounts(),
                      leaving.getAsOf().orElse(null),
                      ThresholdWatch.reached(kept));
              ScoreCause cause = ScoreCause.ofMove(identifier, arrival);
              return new Departed(departed(before, counts, person, cause, kept), history);
            });
  }

  private ScoreOutcome departed(
      ScoreMemory before,
      PersonCounts counts,
      String person,
      ScoreCause cause,
      Map<String, ThresholdMemory> kept) {
    if (counts.asOf().isPresent()) {
      return outcome(
          new NewScore(before, counts, model.score(counts.all()), person, cause),
          new ThresholdWatch.Seen(kept, List.of()));
    }
    // The numbers remain, so that no event_id is used twice if the person exists again.
    ScoreMemory after =
        ScoreMemory.newBuilder()
            .setScore(0)
            .setThresholds(ThresholdWatch.onlyNumbers(kept))
            .build();
    ModelScore nothing = new ModelScore(model.title(), 0, List.of(), List.of());
    boolean differed = before.getCandidate().filter(CandidateScore::getDiffers).isPresent();
    return new ScoreOutcome(
        after,
        Optional.empty(),
        Optional.empty(),
        new NewScore(before, counts, nothing, person, cause).change(before.getAsOf().orElseThrow()),
        List.of(),
        differed ? new ComparisonResult.AgreeAgain() : new ComparisonResult.NothingNew());
  }

  private ScoreOutcome outcome(NewScore score, ThresholdWatch.Seen seen) {
    return score.outcome(seen, candidate.map(tried -> tried.score(score.counts().all())));
  }

  private static ScoreMemory nothing() {
    return ScoreMemory.newBuilder().setScore(0).build();
  }
}
