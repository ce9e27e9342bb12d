package io.millrace.edge;

import io.millrace.source.RateLimit;

/**
 * How much of the edge all senders together may take up.
 *
 * @param requests being answered at the same time, at least 1
 * @param connections open at the same time, at least 1
 * @param bodyBytes of all bodies in memory together, at least 1
 * @param unverified requests from one address that prove nothing
 */
public record LimitSettings(int requests, int connections, int bodyBytes, RateLimit unverified) {
  public LimitSettings {
    if (requests < 1 || connections < 1 || bodyBytes < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }

  /** What a small machine stands. */
  public static LimitSettings defaults() {
    return new LimitSettings(1000, 10_000, 64 * 1024 * 1024, RateLimit.parse("100/s"));
  }
}
