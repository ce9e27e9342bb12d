package io.millrace.flow.step;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a step is working on.
 *
 * @param arrival of the event it goes back to, milliseconds since the epoch
 * @param letter the dead letter it becomes after an attempt that failed
 */
public record Cause(long arrival, Function<Attempt, DeadLetter> letter) {

  public static Cause of(Event event) {
    return new Cause(
        event.getReceivedAt().toEpochMilli(), attempt -> DeadLetters.of(event, attempt));
  }

  /** Something one record is told because of a merge. */
  public static Cause of(RecordRef record, SpecificRecord message, long arrival) {
    return new Cause(arrival, attempt -> DeadLetters.of(record, message, arrival, attempt));
  }
}
