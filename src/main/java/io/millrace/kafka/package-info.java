/** The wires: topics and their settings, serdes, producers, consumers and admin calls. */
@NullMarked
package io.millrace.kafka;

import org.jspecify.annotations.NullMarked;
