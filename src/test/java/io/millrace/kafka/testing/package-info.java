/** What the tests of the wires share. */
@NullMarked
package io.millrace.kafka.testing;

import org.jspecify.annotations.NullMarked;
