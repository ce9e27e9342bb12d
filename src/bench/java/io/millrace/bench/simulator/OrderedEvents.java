package io.millrace.bench.simulator;

/** Tells what has come out of the flow, so that the simulator can be late for certain. */
@FunctionalInterface
public interface OrderedEvents {

  /** Whether the event stands on events-ordered, committed. */
  boolean isOrdered(AwaitedEvent awaited);
}
