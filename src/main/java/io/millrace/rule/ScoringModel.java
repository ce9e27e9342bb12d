package io.millrace.rule;

import io.millrace.event.Contribution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a person's score is made of: a function of how often each activity happened on each day and
 * of the day it is looked at, with the same digits on every machine.
 *
 * @param min the lowest score there is, less than max
 */
public record ScoringModel(String name, String version, int min, int max, List<ScoreRule> rules) {
  /** Points older than this many half-lives count nothing, so that their days can be forgotten. */
  static final int HALF_LIVES_COUNTED = 20;

  private static final int DECIMALS = 2;

  public ScoringModel {
    rules = rules.stream().sorted(Comparator.comparing(ScoreRule::name)).toList();
  }

  /** Name and version in one: {@code lead-score/1}. */
  public String title() {
    return name + "/" + version;
  }

  /** Every rule that adds or takes points, sorted by rule. */
  public List<Contribution> contributions(Map<String, Map<String, Long>> counts, LocalDate asOf) {
    return rules.stream()
        .map(rule -> contribution(rule, counts.getOrDefault(rule.activity(), Map.of()), asOf))
        .filter(contribution -> contribution.getPoints() != 0)
        .toList();
  }

  /** The sum of all contributions, rounded half to even, within min and max. */
  public int score(List<Contribution> contributions) {
    BigDecimal sum =
        contributions.stream()
            .map(contribution -> BigDecimal.valueOf(contribution.getPoints()))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .setScale(0, RoundingMode.HALF_EVEN);
    return sum.max(BigDecimal.valueOf(min)).min(BigDecimal.valueOf(max)).intValueExact();
  }

  /** Whether what happened on a day can still add to the score on another, later one. */
  boolean counts(String activity, LocalDate day, LocalDate asOf) {
    return rules.stream()
        .filter(rule -> rule.activity().equals(activity))
        .anyMatch(rule -> weight(rule, day, asOf) > 0);
  }

  private static Contribution contribution(
      ScoreRule rule, Map<String, Long> countByDay, LocalDate asOf) {
    long count = 0;
    double weighted = 0;
    // In order of the days: a sum of doubles depends on it.
    for (Map.Entry<String, Long> day : new TreeMap<>(countByDay).entrySet()) {
      double weight = weight(rule, LocalDate.parse(day.getKey()), asOf);
      if (weight > 0) {
        count += day.getValue();
        weighted += day.getValue() * weight;
      }
    }
    return new Contribution(rule.name(), count, rounded(capped(rule, weighted * rule.points())));
  }

  private static double weight(ScoreRule rule, LocalDate day, LocalDate asOf) {
    Optional<Duration> halfLife = rule.halfLife();
    if (halfLife.isEmpty()) {
      return 1;
    }
    // A day after asOf comes from a wrong clock; it counts as today.
    double age = Math.max(0, ChronoUnit.DAYS.between(day, asOf));
    double halfLives = age / (halfLife.get().toSeconds() / (double) Duration.ofDays(1).toSeconds());
    return halfLives > HALF_LIVES_COUNTED ? 0 : StrictMath.pow(0.5, halfLives);
  }

  private static double capped(ScoreRule rule, double points) {
    double cap = rule.cap().orElse(Double.MAX_VALUE);
    return Math.max(-cap, Math.min(cap, points));
  }

  private static double rounded(double points) {
    return BigDecimal.valueOf(points).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
