package io.millrace.flow.score;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Signal;
import io.millrace.model.EventTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * An input of a score.
 *
 * @param identifier the identifier it is attributed to: it goes with it to another person
 * @param day the UTC day it happened on, not after that of the moment
 * @param counts how often, by activity; negative subtracts an earlier count
 * @param moment the time of the latest activity
 * @param cause its origin: batch:ID or signal:ID
 * @param arrival when it became known
 */
public record ScoreInput(
    String identifier,
    LocalDate day,
    Map<String, Long> counts,
    Instant moment,
    String cause,
    Instant arrival)
    implements ScoreMessage {
  /** The prefix of signals in scoring rules. */
  public static final String SIGNAL_PREFIX = "signal:";

  public ScoreInput {
    counts = Map.copyOf(counts);
  }

  /**
   * Activities of one minute.
   *
   * @param arrival the last arrival; all times are believable, or all arrived on one day
   */
  public static ScoreInput of(EngagementBatch batch, Instant arrival) {
    Instant moment =
        isBelievable(batch.getLastOccurredAt(), arrival) ? batch.getLastOccurredAt() : arrival;
    return new ScoreInput(
        batch.getIdentifier(),
        day(moment),
        batch.getActivities(),
        moment,
        "batch:" + batch.getBatchId(),
        arrival);
  }

  /**
   * A completed or a retracted signal. It counts on the day it was completed, whichever event
   * completed, moved or retracted it: an event whose time is not believable is no part of signals.
   *
   * @param times 1 or -1
   */
  public static ScoreInput of(Signal signal, long times, Instant arrival) {
    Instant moment = signal.getCompletedAt();
    return new ScoreInput(
        signal.getIdentifier(),
        day(moment),
        Map.of(SIGNAL_PREFIX + signal.getSignal(), times),
        moment,
        "signal:" + signal.getSignalId(),
        arrival);
  }

  /** The UTC day of a moment. */
  public static LocalDate day(Instant moment) {
    return EventTime.day(moment);
  }

  /** Whether a time is taken for what it says, by the arrival of its event. */
  public static boolean isBelievable(Instant moment, Instant arrival) {
    return EventTime.isBelievable(moment, arrival);
  }
}
