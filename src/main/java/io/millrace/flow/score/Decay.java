package io.millrace.flow.score;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The weight of points after some days: half after each half-life, with the same digits on every
 * machine.
 */
final class Decay {
  /** Points older than this many half-lives do not count. */
  private static final int HALF_LIVES_COUNTED = 20;

  /** The most days whose weight is cached. */
  private static final int MOST_DAYS = 4_096;

  /** One for each half-life of the rules. */
  private static final Map<Duration, Decay> KNOWN = new ConcurrentHashMap<>();

  private final double halfLifeDays;
  private final double[] weights;

  private Decay(Duration halfLife) {
    halfLifeDays = halfLife.toSeconds() / (double) Duration.ofDays(1).toSeconds();
    weights = new double[(int) Math.min(MOST_DAYS, HALF_LIVES_COUNTED * halfLifeDays + 1)];
    for (int days = 0; days < weights.length; days++) {
      weights[days] = computed(days);
    }
  }

  static Decay of(Duration halfLife) {
    return KNOWN.computeIfAbsent(halfLife, Decay::new);
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
