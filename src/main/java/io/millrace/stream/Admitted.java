package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.rule.VisibleRecord;
import java.util.Optional;

/**
 * An event that is in its topic, with what it did to its record.
 *
 * @param event as it was admitted, in order or late
 * @param before the record as readers saw it until then; empty if there was none to see
 * @param after as they see it now; empty if there is none any more
 */
record Admitted(Event event, Optional<VisibleRecord> before, Optional<VisibleRecord> after) {}
