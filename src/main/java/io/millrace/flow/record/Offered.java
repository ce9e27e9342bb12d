package io.millrace.flow.record;

import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/** What is offered to the handlers: something that may have changed what readers see. */
public sealed interface Offered permits Admitted, Joined {

  RecordRef record();

  /** The record as readers saw it until then; empty if there was none to see. */
  Optional<VisibleRecord> before();

  /** The record as readers see it now; empty if there is none any more. */
  Optional<VisibleRecord> after();

  /** What led to it. */
  Cause cause();
}
