/**
 * What the steps of the flow share: their output and dead letters, the clock of a partition, the
 * topics, the serdes of state, queues of due rows, and metrics. It depends on no step.
 */
@NullMarked
package io.millrace.flow.step;

import org.jspecify.annotations.NullMarked;
