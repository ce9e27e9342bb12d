package io.millrace.flow.score;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * One thing a score takes in.
 *
 * @param day the UTC day it happened on, not after that of the moment
 * @param counts how often, by activity; negative takes back what was counted before
 * @param moment the latest moment it speaks of
 * @param cause what it was: batch:ID or signal:ID
 * @param arrival when it became known
 */
public record Behaviour(
    LocalDate day, Map<String, Long> counts, Instant moment, String cause, Instant arrival) {
  /** What a scoring rule calls a signal as an activity. */
  public static final String SIGNAL_PREFIX = "signal:";

  /**
   * A time this far ahead of its arrival has a wrong clock, and the arrival is taken for it: it
   * must not age everything before, and no day that has not come yet is ever remembered.
   */
  static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  public Behaviour {
    counts = Map.copyOf(counts);
  }

  /** Activities of one minute. */
  public static Behaviour of(EngagementBatch batch, Instant arrival) {
    Instant moment = believable(batch.getLastOccurredAt(), arrival);
    return new Behaviour(
        day(moment), batch.getActivities(), moment, "batch:" + batch.getBatchId(), arrival);
  }

  /**
   * A signal that is complete, or one that is taken back.
   *
   * @param times 1 or -1
   */
  public static Behaviour of(Signal signal, long times, Instant arrival) {
    Instant moment = believable(signal.getCompletedAt(), arrival);
    return new Behaviour(
        day(moment),
        Map.of(SIGNAL_PREFIX + signal.getSignal(), times),
        moment,
        "signal:" + signal.getSignalId(),
        arrival);
  }

  /** What it is: batch or signal. */
  public String kind() {
    return cause.substring(0, cause.indexOf(':'));
  }

  /** The UTC day of a moment. */
  public static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  private static Instant believable(Instant moment, Instant arrival) {
    return moment.isAfter(arrival.plus(CLOCK_TOLERANCE)) ? arrival : moment;
  }
}
