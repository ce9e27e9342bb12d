/**
 * Who the simulated senders report about: made-up customers, and what happens to them in the order
 * in which it happens.
 */
@NullMarked
package io.millrace.bench.simulator.life;

import org.jspecify.annotations.NullMarked;
