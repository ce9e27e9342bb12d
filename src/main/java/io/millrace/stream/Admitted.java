package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.rule.VisibleRecord;
import java.util.Optional;

/**
 * An event that is in its topic, with what it did to its record.
 *
 * @param event as it was admitted, in order or late
 */
record Admitted(Event event, Optional<VisibleRecord> before, Optional<VisibleRecord> after)
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
