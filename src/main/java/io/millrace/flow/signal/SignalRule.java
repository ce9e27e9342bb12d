package io.millrace.flow.signal;

import java.time.Duration;

/**
 * A declared pattern: an activity that happens several times in a short time.
 *
 * @param count how often, from 1 to {@value #MAX_COUNT}
 * @param within the longest time between the first and the last of them
 * @param cooldown no second signal for this time after one was completed
 * @param remember how much older than the person's newest event another one may be and still be
 *     counted
 */
public record SignalRule(
    String name,
    String description,
    String activity,
    int count,
    Duration within,
    Duration cooldown,
    Duration remember) {
  /** A pattern of more events would exceed what is remembered of a person. */
  public static final int MAX_COUNT = 500;

  /** How long events are remembered unless the rule says otherwise. */
  public static final Duration DEFAULT_REMEMBER = Duration.ofDays(7);

  Cutoff.LookBack lookBack() {
    return new Cutoff.LookBack(count - 1, within, remember);
  }

  /** How long a person must be silent before the memory is removed. */
  public Duration forgottenAfter() {
    return Silence.needed(lookBack());
  }

  /** Everything the detected signals depend on. */
  String fingerprint() {
    return String.join(" ", activity, Integer.toString(count), within + " " + cooldown);
  }
}
