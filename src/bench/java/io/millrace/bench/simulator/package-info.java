/**
 * The senders of the demo: a simulated customer base, its traffic, signed as the providers sign,
 * and a journal of every request. It interacts with the system only through the edge.
 */
@NullMarked
package io.millrace.bench.simulator;

import org.jspecify.annotations.NullMarked;
