package io.millrace.bench.simulator;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.plan.RequestKind;
import java.util.Map;
import java.util.TreeMap;

/** Counts the answers to a run of traffic. */
public final class AnswerCounts {
  private static final String NO_ANSWER = "no answer";

  private final Map<String, Integer> answers = new TreeMap<>();
  private int requests;
  private int unplanned;

  synchronized void answered(RequestKind kind, Attempt.Answer answer) {
    count(answer.status() + (answer.reason().isEmpty() ? "" : " " + answer.reason()));
    boolean planned =
        kind.refusal()
            .map(reason -> reason.name().equals(answer.reason()))
            .orElse(answer.accepted());
    if (!planned) {
      unplanned++;
    }
  }

  synchronized void unanswered() {
    count(NO_ANSWER);
    unplanned++;
  }

  private void count(String answer) {
    requests++;
    answers.merge(answer, 1, Integer::sum);
  }

  /** The number of answers by status and reason. */
  public synchronized Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }

  public synchronized int requests() {
    return requests;
  }

  /** Genuine requests that were not accepted, and forged ones not refused for the right reason. */
  public synchronized int unplanned() {
    return unplanned;
  }

  /** Whether there was no answer at all. */
  public synchronized boolean isSilent() {
    return requests > 0 && answers.getOrDefault(NO_ANSWER, 0) == requests;
  }
}
