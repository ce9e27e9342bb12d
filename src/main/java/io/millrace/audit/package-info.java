/**
 * Proves from the topics themselves that nothing is lost and nothing doubled.
 *
 * <p>Every part of every delivery in {@code deliveries-received} must have exactly one outcome: it
 * stands on {@code events-ordered} or {@code events-late}, or {@code events-duplicate} names it as
 * dropped, or {@code dead-letters} holds it; or the flow still holds it back for its turn. An
 * outcome must come of a delivery, and say what the delivery says. No event is delivered twice
 * within its source's window, and none is dropped unless another copy of it was admitted.
 *
 * <p>What does not hold is named: the event, its delivery, and where each of its records stands.
 *
 * <p>A part costs 24 bytes, a delivery 40, an admitted event some 30 more: what was read is not
 * kept, and looked up again for what is found.
 */
@NullMarked
package io.millrace.audit;

import org.jspecify.annotations.NullMarked;
