/**
 * Avro to bytes and back, by a plan that is built once per schema, for the hot path. Same bytes as
 * Avro's own writers and readers.
 */
@NullMarked
package io.millrace.kafka.format;

import org.jspecify.annotations.NullMarked;
