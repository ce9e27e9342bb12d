/** Topics as values, their serdes, and the connection to the schema registry. */
@NullMarked
package io.millrace.kafka.topic;

import org.jspecify.annotations.NullMarked;
