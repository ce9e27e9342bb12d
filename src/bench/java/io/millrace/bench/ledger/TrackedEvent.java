package io.millrace.bench.ledger;

import io.millrace.audit.Outcome;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.util.ArrayList;
import java.util.List;

/** One event of the plan and the outcomes of all its copies. */
final class TrackedEvent {
  private final SimulatedEvent event;
  private final PlannedRequest first;
  private final int index;
  private final List<Outcome> outcomes = new ArrayList<>();
  private int copies;

  /**
   * @param first the first request that carries it
   * @param index its place in that request
   */
  TrackedEvent(SimulatedEvent event, PlannedRequest first, int index) {
    this.event = event;
    this.first = first;
    this.index = index;
  }

  void stored(List<SeenEvent> seen) {
    copies++;
    seen.forEach(one -> outcomes.add(one.outcome()));
  }

  SimulatedEvent event() {
    return event;
  }

  PlannedRequest first() {
    return first;
  }

  int copies() {
    return copies;
  }

  boolean cameOutLate() {
    return outcomes.contains(Outcome.LATE);
  }

  /** The number of times it was admitted; one if all is well. */
  long admissions() {
    return outcomes.stream().filter(Outcome::isAdmitted).count();
  }

  /** Whether it arrived before another event of the same lane. */
  boolean arrivedBefore(TrackedEvent other) {
    return first.index() != other.first.index()
        ? first.index() < other.first.index()
        : index < other.index;
  }
}
