/**
 * Load: the mix of events that is measured, and HTTP requests sent on schedule, so that a slow
 * answer counts for every request that had to wait for it.
 */
@NullMarked
package io.millrace.bench.load;

import org.jspecify.annotations.NullMarked;
