package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.SimulatedEvent;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP request of a plan.
 *
 * @param index its position in the plan, from 0
 * @param lane the sender, which sends one request after the other
 * @param source the source it is addressed to
 * @param kind how it is sent
 * @param position when it is sent, as a fraction of the run, 0 to 1
 * @param prompt whether it is sent immediately after the previous one in its lane, regardless of
 *     the pace
 * @param events its events, in the order of the body; empty if the body is unreadable
 * @param arrival the position of its events in the order of their records
 * @param awaits the event that must be seen before it is sent
 * @param repeats index of the request it repeats
 * @param body the posted body (before tampering)
 */
public record PlannedRequest(
    int index,
    int lane,
    String source,
    RequestKind kind,
    double position,
    boolean prompt,
    List<SimulatedEvent> events,
    Arrival arrival,
    Optional<AwaitedEvent> awaits,
    Optional<Integer> repeats,
    Body body) {

  public PlannedRequest {
    events = List.copyOf(events);
  }

  /** The number of events or dead letters it must become each time it is stored. */
  public int parts() {
    return kind == RequestKind.UNREADABLE ? 1 : events.size();
  }

  /** The same request, posted to a source with another name. */
  public PlannedRequest addressedTo(String name) {
    return new PlannedRequest(
        index, lane, name, kind, position, prompt, events, arrival, awaits, repeats, body);
  }

  /** Bytes that are only created when needed: a plan contains thousands of requests. */
  @FunctionalInterface
  public interface Body {
    byte[] bytes();
  }
}
