/**
 * What could not be processed: found by cause, shown with all details, and replayed when the cause
 * is fixed.
 *
 * <p>A replay writes the original delivery to {@code deliveries-received} again, with its original
 * id and arrival, the part to replay and the attempts so far. From there it is processed like every
 * event: through the current mapping, through deduplication (once, and not at all if the sender's
 * own retry was admitted in the meantime), into its place in the order. {@link
 * io.millrace.deadletter.Preview} makes the decision of deduplication in advance, from the topics;
 * for letters older than the ids that the flow keeps, it is the only one. If it fails again, the
 * new dead letter has the old one's id and all attempts.
 */
@NullMarked
package io.millrace.deadletter;

import org.jspecify.annotations.NullMarked;
