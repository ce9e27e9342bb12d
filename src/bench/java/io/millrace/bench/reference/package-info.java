/**
 * The references that the figures are compared with, in the same run: a bare server, bytes through
 * Kafka Streams, and the textbook topology.
 */
@NullMarked
package io.millrace.bench.reference;

import org.jspecify.annotations.NullMarked;
