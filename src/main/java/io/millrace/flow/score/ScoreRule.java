package io.millrace.flow.score;

import java.time.Duration;
import java.util.Optional;

/**
 * One component of a score: points for an activity or, without an activity, for a condition that is
 * true.
 *
 * @param activity a declared activity, or {@code signal:NAME}
 * @param when the rule counts only while this holds
 * @param points for each time it happened, or for the condition; negative takes points away
 * @param cap the most the rule adds or takes, greater than 0
 * @param halfLife the time after which points of an activity count half; without it they never
 *     decay
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
