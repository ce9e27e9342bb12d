package io.millrace.flow.signal;

import io.millrace.flow.engagement.Engagement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When what a rule remembers of a person is freed: once nothing of them has arrived for so long
 * that whatever still reaches back to it would come later than the rule remembers.
 *
 * <p>What is remembered lies no later than the last arrival and the tolerance for clocks; a later
 * event reaches back to it from no further than {@code within} behind that. To be counted it must
 * come no later than {@code remember} after that again.
 */
public final class Silence {
  /** An event this far ahead of its own arrival has a wrong clock and cannot be put in order. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private Silence() {}

  /** How long nothing must have arrived. */
  public static Duration needed(Settlement.Reach reach) {
    return reach.remember().plus(reach.within()).plus(CLOCK_TOLERANCE);
  }

  /** What is before this moment is settled once it was silent for so long. */
  static Instant settledUntil(Settlement.Reach reach, Instant heardAt) {
    return heardAt.plus(reach.within()).plus(CLOCK_TOLERANCE);
  }

  /** The latest arrival, with one more event. */
  public static Instant heard(Optional<Instant> before, Engagement engagement) {
    Instant arrival = engagement.event().getReceivedAt();
    return before.filter(arrival::isBefore).orElse(arrival);
  }
}
