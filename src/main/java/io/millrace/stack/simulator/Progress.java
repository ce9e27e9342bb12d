package io.millrace.stack.simulator;

import java.util.Map;
import java.util.TreeMap;

/** How far the sending is. Counts of answers are for people; the journal is the account. */
public final class Progress {
  private final int planned;
  private final Map<String, Integer> answers = new TreeMap<>();
  private int settled;
  private int events;

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

  private void count(PlannedRequest request) {
    if (request.manner().refusal().isEmpty()) {
      events += request.parts();
    }
  }

  /** Requests of the plan. */
  public int planned() {
    return planned;
  }

  /** Requests that have had their last answer. */
  public synchronized int settled() {
    return settled;
  }

  /** Events and unreadable bodies that were delivered. */
  public synchronized int events() {
    return events;
  }

  /** How often each status and reason came in this process; a copy. */
  public synchronized Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }
}
