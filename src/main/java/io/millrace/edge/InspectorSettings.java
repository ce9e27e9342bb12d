package io.millrace.edge;

import java.time.Duration;

/**
 * How much of what came the {@link Inspector} keeps; with any of them zero it keeps nothing.
 *
 * @param deliveries how many of each source, at least 0
 * @param bytes how much memory for all of them, at least 0
 * @param age how long each, not negative
 */
public record InspectorSettings(int deliveries, int bytes, Duration age) {

  public InspectorSettings {
    if (deliveries < 0 || bytes < 0 || age.isNegative()) {
      throw new IllegalArgumentException("a bound of the inspector must not be negative");
    }
  }

  /** Fifty of each source, 16 MiB in all, for a day. */
  public static InspectorSettings defaults() {
    return new InspectorSettings(50, 16 * 1024 * 1024, Duration.ofDays(1));
  }

  boolean isOff() {
    return deliveries == 0 || bytes == 0 || age.isZero();
  }
}
