/** The edge's log: the producer of {@code deliveries-received}. */
@NullMarked
package io.millrace.kafka.log;

import org.jspecify.annotations.NullMarked;
