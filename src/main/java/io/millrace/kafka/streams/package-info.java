/**
 * Runs a topology: Kafka Streams with its settings, its consumers and producers, and RocksDB within
 * one memory budget.
 */
@NullMarked
package io.millrace.kafka.streams;

import org.jspecify.annotations.NullMarked;
