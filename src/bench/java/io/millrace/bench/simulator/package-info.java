/**
 * The senders of the demo: a simulated customer base, the traffic its life causes, signed the way
 * the providers sign, and a journal of every request. It meets the system only at the edge.
 */
@NullMarked
package io.millrace.bench.simulator;

import org.jspecify.annotations.NullMarked;
