package io.millrace.rule;

import java.time.Duration;
import java.util.Optional;

/**
 * What one activity is worth.
 *
 * @param activity a declared activity, or {@code signal:NAME}
 * @param points for each time it happened; negative takes points away
 * @param cap the most the rule adds or takes, greater than 0
 * @param halfLife the time after which points count half; they never fade without one
 */
public record ScoreRule(
    String name,
    String activity,
    double points,
    Optional<Double> cap,
    Optional<Duration> halfLife) {}
