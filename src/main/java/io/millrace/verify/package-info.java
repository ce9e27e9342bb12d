/**
 * Pure: is this request what its sender signed? Knows no Kafka, no HTTP server and no clock; the
 * time to judge against is handed in.
 */
@NullMarked
package io.millrace.verify;

import org.jspecify.annotations.NullMarked;
