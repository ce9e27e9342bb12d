/**
 * What was planned and what the edge answered, on disk, so that a run that was killed can be
 * continued and accounted for.
 */
@NullMarked
package io.millrace.bench.simulator.journal;

import org.jspecify.annotations.NullMarked;
