package io.millrace.bench.simulator.plan;

import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * Assigns indexes to requests and remembers them, so that a repetition can refer to its original.
 */
final class PlanNumbers {
  private final IdentityHashMap<Shipment, Integer> given = new IdentityHashMap<>();

  PlannedRequest next(int lane, Shipment shipment) {
    int index = given.size();
    given.put(shipment, index);
    return new PlannedRequest(
        index,
        lane,
        shipment.source(),
        shipment.kind(),
        shipment.position(),
        shipment.prompt(),
        shipment.events(),
        shipment.arrival(),
        shipment.awaits(),
        shipment.repeats().flatMap(first -> Optional.ofNullable(given.get(first))),
        shipment.body());
  }
}
