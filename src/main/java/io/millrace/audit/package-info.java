/**
 * Proves from the topics themselves that nothing is lost or doubled.
 *
 * <p>Every part of every delivery in {@code deliveries-received} must have exactly one outcome: it
 * is on {@code events-ordered} or {@code events-late}, or {@code events-duplicate} names it as
 * dropped, or it is in {@code dead-letters}; or the flow still holds it until its turn. An outcome
 * must have a delivery, and match its content. No event is delivered twice within its source's
 * window, and none is dropped unless another copy of it was admitted.
 *
 * <p>Every violation is reported with the event, its delivery, and the positions of its records.
 *
 * <p>A part takes 24 bytes of memory, a delivery 40, an admitted event about 30 more: records are
 * not kept, but read again for findings.
 */
@NullMarked
package io.millrace.audit;

import org.jspecify.annotations.NullMarked;
