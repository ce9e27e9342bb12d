package io.millrace.edge.wire;

/**
 * How long a sender is asked to wait before it retries: all values, and the reason for each.
 *
 * @param seconds at least 1
 */
public record RetryAfter(long seconds) {
  /** The log cannot store deliveries: about the time it takes to replace a failing broker. */
  public static final RetryAfter LOG_RETURNS = new RetryAfter(5);

  /** The edge is shutting down: by then another one answers at its address, or it has restarted. */
  public static final RetryAfter RESTARTED = new RetryAfter(5);

  /** The edge is at its capacity: every completed answer frees some. */
  public static final RetryAfter CAPACITY_FREED = new RetryAfter(2);

  /** A source has no active secret: an operator has to add one. */
  public static final RetryAfter SECRET_ADDED = new RetryAfter(60);

  /** A rate limit is used up: until there is a token for the next request. */
  public static RetryAfter nextToken(long seconds) {
    return new RetryAfter(Math.max(1, seconds));
  }
}
