package io.millrace.bench.simulator;

import java.time.Duration;

/**
 * How long the sending takes.
 *
 * @param duration from the first request to the last, if nobody has to wait
 */
public record Pace(Duration duration) {
  private static final int EVENTS_PER_SECOND = 55;
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(90);

  public Pace {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("A run cannot take " + duration);
    }
  }

  /** What the demo takes: one can watch it, and a larger run is not slower but denser. */
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
