package io.millrace.bench.simulator;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.journal.Journal;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends a plan with all lanes in parallel, and writes the journal; continues where an earlier one
 * stopped.
 */
public final class Simulator {
  private final Plan plan;
  private final Journal journal;
  private final Postman postman;
  private final OrderedEvents orderedEvents;
  private final Pace pace;
  private final Duration patience;
  private final Clock clock;
  private final Progress progress;

  /**
   * @param patience how long a request is retried while the edge cannot accept it
   */
  public Simulator(
      Plan plan,
      Journal journal,
      Postman postman,
      OrderedEvents orderedEvents,
      Pace pace,
      Duration patience,
      Clock clock) {
    this.plan = plan;
    this.journal = journal;
    this.postman = postman;
    this.orderedEvents = orderedEvents;
    this.pace = pace;
    this.patience = patience;
    this.clock = clock;
    this.progress = new Progress(plan.requests().size());
  }

  public Progress progress() {
    return progress;
  }

  /**
   * Sends everything that has no final answer yet, and returns when all of it has.
   *
   * @throws EdgeUnavailableException if the edge was unavailable for longer than that
   */
  public void run() throws InterruptedException {
    Set<Integer> settled = settled();
    double from = firstOpenPosition(settled);
    long start = System.nanoTime() - pace.dueNanos(from);
    ExecutorService senders = Executors.newFixedThreadPool(Math.max(1, plan.lanes()));
    try {
      ExecutorCompletionService<Void> lanes = new ExecutorCompletionService<>(senders);
      List<Future<Void>> started = new ArrayList<>();
      for (int lane = 0; lane < plan.lanes(); lane++) {
        started.add(lanes.submit(lane(lane, settled, start)));
      }
      for (int lane = 0; lane < started.size(); lane++) {
        finish(lanes.take());
      }
    } finally {
      senders.shutdownNow();
    }
  }

  private SequentialSender lane(int lane, Set<Integer> settled, long start) {
    return new SequentialSender(
        plan.run().tag(),
        plan.lane(lane),
        settled,
        journal,
        postman,
        new EventWait(orderedEvents, journal, clock, progress),
        new SequentialSender.Timing(pace, start, patience, clock),
        progress);
  }

  private Set<Integer> settled() {
    Set<Integer> settled = new HashSet<>();
    for (Attempt attempt : journal.attempts()) {
      if (attempt.answer().filter(Attempt.Answer::isFinal).isPresent()) {
        settled.add(attempt.request());
      }
    }
    return settled;
  }

  private double firstOpenPosition(Set<Integer> settled) {
    return plan.requests().stream()
        .filter(request -> !settled.contains(request.index()))
        .mapToDouble(PlannedRequest::position)
        .findFirst()
        .orElse(1);
  }

  private static void finish(Future<Void> lane) throws InterruptedException {
    try {
      lane.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof EdgeUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("A simulated sender failed", failure.getCause());
    }
  }
}
