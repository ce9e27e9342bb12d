package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/**
 * An event that was written to its topic, with its effect on its record.
 *
 * @param event as it was admitted, in order or late
 */
public record AdmittedEvent(
    Event event, Optional<VisibleRecord> before, Optional<VisibleRecord> after)
    implements RecordUpdate {

  @Override
  public RecordRef record() {
    return event.getRecord();
  }

  @Override
  public Cause cause() {
    return Cause.of(event);
  }
}
