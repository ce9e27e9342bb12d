/**
 * Everything that stands in for the outside world or measures us. It is built into an artifact of
 * its own that production images do not carry.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
