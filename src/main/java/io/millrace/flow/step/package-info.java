/**
 * What the steps of the flow share: their output and its dead letters, the clock of a partition,
 * the topics, the serdes of state, queues of what is due, and metrics. It knows no step.
 */
@NullMarked
package io.millrace.flow.step;

import org.jspecify.annotations.NullMarked;
