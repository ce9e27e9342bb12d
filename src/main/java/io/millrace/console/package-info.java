/** The operator console: health, metrics and the last deliveries over HTTP. */
@NullMarked
package io.millrace.console;

import org.jspecify.annotations.NullMarked;
