package io.millrace.rule;

import io.millrace.event.Contribution;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps one person's score. It is a function of what was counted, not of the order it came in:
 * as_of is the latest moment of all behaviour, and decay is counted up to there and not up to now.
 *
 * <p>Only activities a rule names are remembered. A rule added later counts from then on.
 */
public final class Scoring {
  private final ScoringModel model;

  public Scoring(ScoringModel model) {
    this.model = model;
  }

  /** The person's score with one more piece of behaviour in it. */
  public ScoreOutcome add(Optional<ScoreMemory> before, String person, Behaviour behaviour) {
    ScoreMemory memory = before.orElseGet(Scoring::nothing);
    Instant asOf = memory.getAsOf().filter(behaviour.moment()::isBefore).orElse(behaviour.moment());
    LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    Map<String, Map<String, Long>> counts = counted(memory.getCounts(), behaviour, today);
    List<Contribution> contributions = model.contributions(counts, today);
    ScoreMemory after = new ScoreMemory(counts, model.score(contributions), contributions, asOf);
    return new ScoreOutcome(
        after, score(memory, after, person), change(memory, after, person, behaviour.cause()));
  }

  private Map<String, Map<String, Long>> counted(
      Map<String, Map<String, Long>> before, Behaviour behaviour, LocalDate today) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    before.forEach((activity, days) -> counts.put(activity, new TreeMap<>(days)));
    String day = behaviour.day().toString();
    behaviour
        .counts()
        .forEach(
            (activity, times) ->
                counts
                    .computeIfAbsent(activity, added -> new TreeMap<>())
                    .merge(day, times, Long::sum));
    counts.forEach(
        (activity, days) ->
            days.entrySet()
                .removeIf(
                    entry ->
                        entry.getValue() == 0
                            || !model.counts(activity, LocalDate.parse(entry.getKey()), today)));
    counts.values().removeIf(Map::isEmpty);
    return counts;
  }

  /** Given whenever it says anything new, if only that it is true for a later moment. */
  private Optional<LeadScore> score(ScoreMemory before, ScoreMemory after, String person) {
    if (!isChanged(before, after) && before.getAsOf().equals(after.getAsOf())) {
      return Optional.empty();
    }
    return Optional.of(
        LeadScore.newBuilder()
            .setPerson(person)
            .setScore(after.getScore())
            .setContributions(after.getContributions())
            .setModel(model.title())
            .setAsOf(after.getAsOf().orElseThrow())
            .build());
  }

  private Optional<LeadScoreChange> change(
      ScoreMemory before, ScoreMemory after, String person, String cause) {
    if (!isChanged(before, after)) {
      return Optional.empty();
    }
    return Optional.of(
        LeadScoreChange.newBuilder()
            .setPerson(person)
            .setPreviousScore(before.getScore())
            .setScore(after.getScore())
            .setPreviousContributions(before.getContributions())
            .setContributions(after.getContributions())
            .setModel(model.title())
            .setCause(cause)
            .setAsOf(after.getAsOf().orElseThrow())
            .build());
  }

  private static boolean isChanged(ScoreMemory before, ScoreMemory after) {
    return before.getScore() != after.getScore()
        || !before.getContributions().equals(after.getContributions());
  }

  private static ScoreMemory nothing() {
    return ScoreMemory.newBuilder()
        .setCounts(Map.of())
        .setScore(0)
        .setContributions(List.of())
        .build();
  }
}
