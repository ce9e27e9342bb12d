package io.millrace.flow.record;

import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/** A record of an erased person: nothing of it may stay. */
public record ErasedRecord(RecordRef record, Optional<VisibleRecord> before, Cause cause)
    implements RecordUpdate {

  @Override
  public Optional<VisibleRecord> after() {
    return Optional.empty();
  }
}
