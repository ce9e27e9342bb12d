/**
 * What is sent and when, decided before anything is sent: requests with their events, and the
 * copies, disorder, forgeries and faults among them. The same seed gives the same plan.
 */
@NullMarked
package io.millrace.bench.simulator.plan;

import org.jspecify.annotations.NullMarked;
