package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.SimulatedEvent;
import java.util.List;
import java.util.Optional;

/** A request under construction: everything except its position in the plan. */
record Shipment(
    double position,
    String source,
    RequestKind kind,
    boolean prompt,
    List<SimulatedEvent> events,
    Arrival arrival,
    Optional<AwaitedEvent> awaits,
    Optional<Shipment> repeats,
    PlannedRequest.Body body) {

  static Shipment genuine(
      double position,
      String source,
      boolean prompt,
      List<SimulatedEvent> events,
      Arrival arrival,
      Optional<AwaitedEvent> awaits) {
    List<SimulatedEvent> copy = List.copyOf(events);
    return new Shipment(
        position,
        source,
        RequestKind.GENUINE,
        prompt,
        copy,
        arrival,
        awaits,
        Optional.empty(),
        () -> Bodies.of(source, copy));
  }

  /** The same delivery again, some time later. */
  Shipment repeated(double at, RequestKind how) {
    return new Shipment(
        at,
        source,
        how,
        false,
        events,
        Arrival.IN_ORDER,
        Optional.empty(),
        Optional.of(this),
        body);
  }

  /** A variant of this request that must be refused. */
  Shipment forged(double at, String to, RequestKind how) {
    return beside(at, to, how, body);
  }

  /** A variant of this request, truncated before it is signed. */
  Shipment unreadable(double at) {
    return beside(at, source, RequestKind.UNREADABLE, () -> Bodies.cutOff(body.bytes()));
  }

  /** A request of the same source that is larger than the edge accepts. */
  Shipment oversized(double at, int bytes) {
    return beside(at, source, RequestKind.OVERSIZED, () -> Bodies.oversized(bytes));
  }

  private Shipment beside(double at, String to, RequestKind how, PlannedRequest.Body what) {
    return new Shipment(
        at, to, how, false, List.of(), Arrival.IN_ORDER, Optional.empty(), Optional.empty(), what);
  }
}
