package io.millrace.flow.record;

import io.millrace.event.RecordRef;
import io.millrace.flow.step.Cause;
import java.util.Optional;

/**
 * A record that a merge changed, without an event of its own: it ended in another, or took in
 * another's history.
 */
record Joined(
    RecordRef record, Optional<VisibleRecord> before, Optional<VisibleRecord> after, Cause cause)
    implements Offered {}
