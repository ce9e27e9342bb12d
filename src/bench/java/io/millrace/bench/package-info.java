/**
 * Everything that simulates the outside world or measures Millrace. It is built into a separate
 * artifact that production images do not contain.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
