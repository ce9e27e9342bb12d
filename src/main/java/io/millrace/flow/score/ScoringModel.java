package io.millrace.flow.score;

import io.millrace.event.Contribution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calculates a person's score: a function of how often each activity happened on each day and of
 * the current day, with the same digits on every machine.
 *
 * @param min the lowest possible score, less than max
 */
public record ScoringModel(
    String name,
    String version,
    int min,
    int max,
    List<ScoreRule> rules,
    List<Threshold> thresholds) {
  private static final int DECIMALS = 2;

  public ScoringModel {
    rules = rules.stream().sorted(Comparator.comparing(ScoreRule::name)).toList();
    thresholds =
        thresholds.stream()
            .sorted(Comparator.comparingInt(Threshold::at).thenComparing(Threshold::name))
            .toList();
  }

  /** Name and version in one: {@code lead-score/1}. */
  public String title() {
    return name + "/" + version;
  }

  ModelScore score(ActivityCounts counts) {
    List<Contribution> contributions = new ArrayList<>(rules.size());
    for (ScoreRule rule : rules) {
      Contribution contribution = contribution(rule, counts);
      if (contribution.getPoints() != 0) {
        contributions.add(contribution);
      }
    }
    int score = sum(contributions);
    return new ModelScore(title(), score, contributions, reached(score));
  }

  /** The sum of all contributions, rounded half to even, within min and max. */
  private int sum(List<Contribution> contributions) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Contribution contribution : contributions) {
      sum = sum.add(BigDecimal.valueOf(contribution.getPoints()));
    }
    return sum.setScale(0, RoundingMode.HALF_EVEN)
        .max(BigDecimal.valueOf(min))
        .min(BigDecimal.valueOf(max))
        .intValueExact();
  }

  private List<String> reached(int score) {
    List<String> reached = new ArrayList<>();
    for (Threshold threshold : thresholds) {
      if (score >= threshold.at()) {
        reached.add(threshold.name());
      }
    }
    reached.sort(null);
    return reached;
  }

  private static Contribution contribution(ScoreRule rule, ActivityCounts counts) {
    if (rule.when().filter(condition -> !condition.holds(counts)).isPresent()) {
      return new Contribution(rule.name(), 0L, 0.0);
    }
    Times times = rule.activity().map(name -> times(rule, name, counts)).orElse(Times.ONCE);
    double points = times.weighted() * rule.points().of(counts);
    return new Contribution(rule.name(), times.count(), rounded(capped(rule, points)));
  }

  /**
   * How often something counts.
   *
   * @param weighted the count with decay
   */
  private record Times(long count, double weighted) {
    static final Times ONCE = new Times(1, 1);
  }

  private static Times times(ScoreRule rule, String activity, ActivityCounts counts) {
    long count = 0;
    double weighted = 0;
    Optional<Decay> fading = rule.halfLife().map(Decay::of);
    // In the order of the days, because a sum of doubles depends on the order.
    for (Map.Entry<Integer, Long> day : counts.of(activity).entrySet()) {
      double weight = fading.isEmpty() ? 1 : fading.get().weight(counts.today() - day.getKey());
      if (weight > 0) {
        count += day.getValue();
        weighted += day.getValue() * weight;
      }
    }
    return new Times(count, weighted);
  }

  private static double capped(ScoreRule rule, double points) {
    double cap = rule.cap().orElse(Double.MAX_VALUE);
    return Math.max(-cap, Math.min(cap, points));
  }

  private static double rounded(double points) {
    if (points == Math.rint(points)) {
      // Adding 0 turns -0.0 into 0.0.
      return points + 0.0;
    }
    return BigDecimal.valueOf(points).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
