/**
 * Naive models of order, records, stages, engagement, signals and usage: one sorted list and
 * nothing else. The random tests compare the flow with them.
 */
@NullMarked
package io.millrace.flow.naive;

import org.jspecify.annotations.NullMarked;
