/** The plugin for Kafka Connect: a converter for the values of our topics. */
@NullMarked
package io.millrace.connect;

import org.jspecify.annotations.NullMarked;
