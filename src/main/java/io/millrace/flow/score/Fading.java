package io.millrace.flow.score;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What points are still worth after some days: half after a half-life, with the same digits on
 * every machine.
 */
final class Fading {
  /** Points older than this many half-lives count nothing. */
  private static final int HALF_LIVES_COUNTED = 20;

  /** Beyond so many days a weight is computed each time it is asked for. */
  private static final int MOST_DAYS = 4_096;

  /** One for each half-life of the rules. */
  private static final Map<Duration, Fading> KNOWN = new ConcurrentHashMap<>();

  private final double halfLifeDays;
  private final double[] weights;

  private Fading(Duration halfLife) {
    halfLifeDays = halfLife.toSeconds() / (double) Duration.ofDays(1).toSeconds();
    weights = new double[(int) Math.min(MOST_DAYS, HALF_LIVES_COUNTED * halfLifeDays + 1)];
    for (int days = 0; days < weights.length; days++) {
      weights[days] = computed(days);
    }
  }

  static Fading of(Duration halfLife) {
    return KNOWN.computeIfAbsent(halfLife, Fading::new);
  }

  /** From 1 for today down to 0. */
  double weight(int days) {
    return days < weights.length ? weights[days] : computed(days);
  }

  private double computed(int days) {
    double halfLives = days / halfLifeDays;
    return halfLives > HALF_LIVES_COUNTED ? 0 : StrictMath.pow(0.5, halfLives);
  }
}
