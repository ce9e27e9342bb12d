package io.millrace.bench.simulator;

import java.util.List;
import java.util.Optional;

/**
 * One HTTP request of a plan.
 *
 * @param index its place in the plan, from 0
 * @param lane the sender it is sent by, one after the other
 * @param source the source it is addressed to
 * @param kind how it is sent
 * @param position when it is sent, as a fraction of the run, 0 to 1
 * @param prompt sent at once after the one before it in its lane, whatever the pace
 * @param events what it carries, in the order of the body; empty when it cannot be read
 * @param arrival where its events stand in the order of their records
 * @param awaits what must be seen before it is sent
 * @param repeats index of the request it repeats
 * @param body what is posted (before tampering)
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

  /** How many events or dead letters it must become each time it is stored. */
  public int parts() {
    return kind == RequestKind.UNREADABLE ? 1 : events.size();
  }

  /** The same, posted to a source of another name. */
  PlannedRequest addressedTo(String name) {
    return new PlannedRequest(
        index, lane, name, kind, position, prompt, events, arrival, awaits, repeats, body);
  }

  /** Bytes that are only made when they are needed: a plan holds thousands of requests. */
  @FunctionalInterface
  public interface Body {
    byte[] bytes();
  }
}
