/**
 * Reading topics outside the flow: to the end as of now, one record by its place, a compacted
 * table.
 */
@NullMarked
package io.millrace.kafka.read;

import org.jspecify.annotations.NullMarked;
