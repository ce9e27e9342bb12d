package io.millrace.edge.wire;

/**
 * How long a sender is asked to wait before it sends the same again: every value there is, and why
 * it is that long.
 *
 * @param seconds at least 1
 */
public record RetryAfter(long seconds) {
  /** The log does not take deliveries: about as long as a failing broker takes to be replaced. */
  public static final RetryAfter LOG_RETURNS = new RetryAfter(5);

  /** The edge shuts down: by then another one answers at its address, or it has restarted. */
  public static final RetryAfter RESTARTED = new RetryAfter(5);

  /** The edge is at its capacity, which every answer it completes frees some of. */
  public static final RetryAfter CAPACITY_FREED = new RetryAfter(2);

  /** A source has no active secret: somebody has to configure one. */
  public static final RetryAfter SECRET_ADDED = new RetryAfter(60);

  /** A rate limit is used up: until there is a token for the next request. */
  public static RetryAfter nextToken(long seconds) {
    return new RetryAfter(Math.max(1, seconds));
  }
}
