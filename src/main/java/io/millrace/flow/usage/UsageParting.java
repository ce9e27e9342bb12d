package io.millrace.flow.usage;

import io.millrace.event.UsagePart;

/**
 * An identifier has left a person.
 *
 * @param part what goes with it, for the person that it belongs to now
 */
public record UsageParting(UsageOutcome outcome, UsagePart part) {}
