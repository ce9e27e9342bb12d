package io.millrace.bench.simulator;

import io.millrace.bench.simulator.plan.AwaitedEvent;

/**
 * Reports what has left the flow, so that the simulator can send events that are certainly late.
 */
@FunctionalInterface
public interface OrderedEvents {

  /** Whether the event is committed on events-ordered. */
  boolean isOrdered(AwaitedEvent awaited);
}
