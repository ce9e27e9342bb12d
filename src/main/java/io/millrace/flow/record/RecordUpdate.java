package io.millrace.flow.record;

import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/** An update for the handlers: it may have changed what readers see. */
public sealed interface RecordUpdate permits AdmittedEvent, JoinedRecord, ErasedRecord {

  RecordRef record();

  /** The record as readers saw it before; empty if there was none. */
  Optional<VisibleRecord> before();

  /** The record as readers see it now; empty if there is none. */
  Optional<VisibleRecord> after();

  Cause cause();
}
