package io.millrace.flow.score;

import java.time.Duration;
import java.util.Optional;

/**
 * One thing a score is made of: what an activity is worth, or, without an activity, what it is
 * worth that a condition holds.
 *
 * @param activity a declared activity, or {@code signal:NAME}
 * @param when the rule counts only while this holds
 * @param points for each time it happened, or for the condition; negative takes points away
 * @param cap the most the rule adds or takes, greater than 0
 * @param halfLife the time after which points of an activity count half; they never fade without
 */
public record ScoreRule(
    String name,
    Optional<String> activity,
    Optional<ScoreExpression> when,
    Points points,
    Optional<Double> cap,
    Optional<Duration> halfLife) {

  /** The same points each time an activity happens. */
  public static ScoreRule each(
      String name,
      String activity,
      double points,
      Optional<Double> cap,
      Optional<Duration> halfLife) {
    return new ScoreRule(
        name, Optional.of(activity), Optional.empty(), new Points.Fixed(points), cap, halfLife);
  }
}
