package io.millrace.flow.record;

import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/**
 * A record that a merge changed, without an event of its own: it was merged into another, or
 * received another's history.
 */
record JoinedRecord(
    RecordRef record, Optional<VisibleRecord> before, Optional<VisibleRecord> after, Cause cause)
    implements RecordUpdate {}
