/**
 * What could not be processed: looked up by cause, shown with everything that is known, and put
 * into the flow once more when its cause is mended.
 *
 * <p>A replay writes the original delivery to {@code deliveries-received} again, under its old id
 * and arrival, with the one part that is meant and the attempts so far. From there it takes the way
 * of every event: through the mapping of today, through deduplication (once, and not at all if the
 * sender's own retry got through in the meantime), into its place in the order. If it fails again
 * the new letter has the old one's id and all attempts.
 */
@NullMarked
package io.millrace.deadletter;

import org.jspecify.annotations.NullMarked;
