/**
 * The HTTP edge: it verifies raw bytes and hands the delivery to a {@link
 * io.millrace.edge.DeliveryLog}. It does not understand payloads.
 */
@NullMarked
package io.millrace.edge;

import org.jspecify.annotations.NullMarked;
