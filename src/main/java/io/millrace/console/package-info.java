/** What the operator sees: health and metrics over HTTP. */
@NullMarked
package io.millrace.console;

import org.jspecify.annotations.NullMarked;
