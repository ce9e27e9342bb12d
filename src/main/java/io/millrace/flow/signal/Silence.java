package io.millrace.flow.signal;

import io.millrace.flow.engagement.Engagement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the memory of a rule about a person is removed: once no event of the person has arrived for
 * so long that any event that could look back to it would be too late for the rule.
 *
 * <p>A remembered event happened no later than the last arrival plus the clock tolerance; an event
 * that looks back to it happened at most {@code within} later. To be counted, it must arrive within
 * {@code remember} of that.
 */
public final class Silence {
  /** An event this far ahead of its own arrival has a wrong clock and cannot be put in order. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private Silence() {}

  /** How long the silence must be. */
  public static Duration needed(Cutoff.LookBack lookBack) {
    return lookBack.remember().plus(lookBack.within()).plus(CLOCK_TOLERANCE);
  }

  /** The moment before which everything is settled after such a silence. */
  static Instant settledUntil(Cutoff.LookBack lookBack, Instant heardAt) {
    return heardAt.plus(lookBack.within()).plus(CLOCK_TOLERANCE);
  }

  /** The latest arrival, including one more event. */
  public static Instant heard(Optional<Instant> before, Engagement engagement) {
    Instant arrival = engagement.event().getReceivedAt();
    return before.filter(arrival::isBefore).orElse(arrival);
  }
}
