package io.millrace.flow.step;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * The input that a step is processing.
 *
 * @param arrival arrival of the event that caused it, milliseconds since the epoch
 * @param letter makes the dead letter of a failed attempt
 */
public record Cause(long arrival, Function<Attempt, DeadLetter> letter) {

  public static Cause of(Event event) {
    return new Cause(
        event.getReceivedAt().toEpochMilli(), attempt -> DeadLetters.of(event, attempt));
  }

  /** A message to a record because of a merge. */
  public static Cause of(RecordRef record, SpecificRecord message, long arrival) {
    return new Cause(arrival, attempt -> DeadLetters.of(record, message, arrival, attempt));
  }

  /**
   * An input of a score.
   *
   * @param origin its origin, as in batch:ID
   */
  public static Cause ofEngagement(String origin, Object input, long arrival) {
    return new Cause(
        arrival, attempt -> DeadLetters.ofEngagement(origin, input.toString(), arrival, attempt));
  }
}
