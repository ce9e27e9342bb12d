package io.millrace.bench.simulator;

import java.time.Duration;

/**
 * The duration of sending.
 *
 * @param duration from the first request to the last, if no request has to wait
 */
public record Pace(Duration duration) {
  private static final int EVENTS_PER_SECOND = 55;
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(90);

  public Pace {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("The duration of a run cannot be " + duration);
    }
  }

  /** The pace of the demo: slow enough to watch; a larger run is denser, not slower. */
  public static Pace of(int events) {
    Duration wanted = Duration.ofSeconds(events / EVENTS_PER_SECOND);
    if (wanted.compareTo(SHORTEST) < 0) {
      return new Pace(SHORTEST);
    }
    return new Pace(wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted);
  }

  /** As fast as the edge answers. */
  public static Pace none() {
    return new Pace(Duration.ZERO);
  }

  /** When a position is due, in nanoseconds from the start. */
  long dueNanos(double position) {
    return (long) (duration.toNanos() * position);
  }
}
