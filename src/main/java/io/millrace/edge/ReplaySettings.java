package io.millrace.edge;

import java.time.Duration;

/**
 * What is remembered of deliveries whose signature holds no time.
 *
 * @param capacity how many, at least 1
 * @param lifetime how long each, positive
 */
public record ReplaySettings(int capacity, Duration lifetime) {
  public ReplaySettings {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
    }
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("lifetime must be positive, not " + lifetime);
    }
  }

  /** A hundred thousand for thirty days. */
  public static ReplaySettings defaults() {
    return new ReplaySettings(100_000, Duration.ofDays(30));
  }
}
