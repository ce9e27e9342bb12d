package io.millrace.bench.simulator;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The progress of sending. The counts of answers are informational; the journal is authoritative.
 */
public final class Progress {
  private final int planned;
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<Integer, Instant> waiting = new TreeMap<>();
  private int settled;
  private int events;

  /**
   * Requests that wait until the event before them has left the flow.
   *
   * @param until the latest time at which the last of them is sent
   */
  public record Waiting(int requests, Instant until) {}

  Progress(int planned) {
    this.planned = planned;
  }

  synchronized void skipped(PlannedRequest request) {
    settled++;
    count(request);
  }

  synchronized void answered(PlannedRequest request, Attempt.Answer answer) {
    String what = answer.status() + (answer.reason().isEmpty() ? "" : " " + answer.reason());
    answers.merge(what, 1, Integer::sum);
    if (answer.isFinal()) {
      settled++;
      count(request);
    }
  }

  /** A request waits for an event to leave the flow, at most until the given time. */
  synchronized void waits(PlannedRequest request, Instant until) {
    waiting.put(request.index(), until);
  }

  synchronized void goesOn(PlannedRequest request) {
    waiting.remove(request.index());
  }

  private void count(PlannedRequest request) {
    if (request.kind().refusal().isEmpty()) {
      events += request.parts();
    }
  }

  /** Requests of the plan. */
  public int planned() {
    return planned;
  }

  /** Requests that have got their final answer. */
  public synchronized int settled() {
    return settled;
  }

  /** Events and unreadable bodies that were delivered. */
  public synchronized int events() {
    return events;
  }

  /** The waiting requests; empty if there are none. */
  public synchronized Optional<Waiting> waiting() {
    return waiting.values().stream()
        .max(Instant::compareTo)
        .map(until -> new Waiting(waiting.size(), until));
  }

  /** The number of answers by status and reason in this process; a copy. */
  public synchronized Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }
}
