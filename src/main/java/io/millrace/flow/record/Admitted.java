package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/**
 * An event that is in its topic, with what it did to its record.
 *
 * @param event as it was admitted, in order or late
 */
public record Admitted(Event event, Optional<VisibleRecord> before, Optional<VisibleRecord> after)
    implements Offered {

  @Override
  public RecordRef record() {
    return event.getRecord();
  }

  @Override
  public Cause cause() {
    return Cause.of(event);
  }
}
