package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.SimulatedEvent;
import java.util.List;
import java.util.Optional;

/**
 * Part of a plan under construction: events that stay together in one lane.
 *
 * @param position when, as a fraction of the run
 * @param deliveries the deliveries, one right after the other
 * @param arrivals the arrival of each delivery
 * @param joins whether it may share a delivery with its neighbours; only if it is a single one
 * @param awaits what must be seen before the first delivery
 */
record Draft(
    double position,
    List<List<SimulatedEvent>> deliveries,
    List<Arrival> arrivals,
    boolean joins,
    Optional<AwaitedEvent> awaits) {

  Draft {
    deliveries = List.copyOf(deliveries);
    arrivals = List.copyOf(arrivals);
  }

  /** Events in one delivery in this order, with others of their source. */
  static Draft together(double position, SimulatedEvent... events) {
    return new Draft(
        position, List.of(List.of(events)), List.of(Arrival.IN_ORDER), true, Optional.empty());
  }

  /** Two events in separate deliveries; the second with the given arrival. */
  static Draft oneAfterTheOther(
      double position, SimulatedEvent first, SimulatedEvent second, Arrival arrival) {
    return new Draft(
        position,
        List.of(List.of(first), List.of(second)),
        List.of(Arrival.IN_ORDER, arrival),
        false,
        Optional.empty());
  }

  /** An event that is held back until another one has been seen. */
  static Draft late(double position, SimulatedEvent event, AwaitedEvent awaits) {
    return new Draft(
        position, List.of(List.of(event)), List.of(Arrival.LATE), false, Optional.of(awaits));
  }
}
