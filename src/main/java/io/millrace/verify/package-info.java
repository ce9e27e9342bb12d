/**
 * Verifies that a request is what its sender signed. Pure: it depends on neither Kafka nor an HTTP
 * server nor a clock; the time of verification is a parameter.
 */
@NullMarked
package io.millrace.verify;

import org.jspecify.annotations.NullMarked;
