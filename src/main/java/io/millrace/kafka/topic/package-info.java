/** A topic is a value: its name and its serdes together, and the schema registry behind them. */
@NullMarked
package io.millrace.kafka.topic;

import org.jspecify.annotations.NullMarked;
