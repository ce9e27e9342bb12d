/**
 * Load: the mix of events the figures are about, and HTTP requests sent on schedule, so that a slow
 * answer counts for all that waited behind it.
 */
@NullMarked
package io.millrace.bench.load;

import org.jspecify.annotations.NullMarked;
