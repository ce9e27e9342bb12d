package io.millrace.bench.simulator;

import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.bench.simulator.plan.PlannedRequest;
import io.millrace.bench.simulator.plan.Planner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Traffic of one source at a rate, up to a number of requests or a time. There are no retries. */
public final class SteadyTraffic {
  private static final int LANES = 8;
  private static final int EVENTS_PER_CHAPTER = 2_000;

  private final String source;
  private final Planner planner;
  private final Postman postman;
  private final RateGate gate;
  private final Clock clock;
  private final AnswerCounts tally = new AnswerCounts();
  private long left;

  /**
   * @param source the name it is posted to
   * @param model the source of the demo whose events it sends
   * @param perSecond requests per second, more than 0
   */
  public SteadyTraffic(
      String source,
      String model,
      FaultRates rates,
      Postman postman,
      double perSecond,
      Clock clock) {
    this.source = source;
    this.planner = new Planner(Set.of(model), LANES, rates, 0);
    this.postman = postman;
    this.gate = new RateGate(perSecond);
    this.clock = clock;
  }

  /**
   * Sends until the number of requests or the time is reached, whichever comes first.
   *
   * @return the counts of answers
   */
  public AnswerCounts send(long seed, long count, Duration duration) throws InterruptedException {
    Instant end = clock.instant().plus(duration);
    synchronized (this) {
      left = count;
    }
    ExecutorService senders = Executors.newFixedThreadPool(LANES);
    try {
      for (long chapter = 0; isOpen(end); chapter++) {
        // Every chapter has its own customer base; the seed determines the first ones.
        Run run = Run.ofSeed(seed + chapter * 1_000_003, EVENTS_PER_CHAPTER, clock.instant());
        Plan plan = planner.plan(run);
        List<Future<?>> lanes = new ArrayList<>();
        for (int lane = 0; lane < plan.lanes(); lane++) {
          List<PlannedRequest> requests = plan.lane(lane);
          lanes.add(senders.submit(() -> lane(run, requests, end)));
        }
        for (Future<?> lane : lanes) {
          finish(lane);
        }
      }
    } finally {
      senders.shutdownNow();
    }
    return tally;
  }

  private boolean lane(Run run, List<PlannedRequest> requests, Instant end)
      throws InterruptedException {
    for (PlannedRequest request : requests) {
      if (!take(end)) {
        return false;
      }
      gate.pass();
      post(request.addressedTo(source), new RequestTag(run.tag(), request.index(), 1));
    }
    return true;
  }

  private void post(PlannedRequest request, RequestTag tag) throws InterruptedException {
    try {
      tally.answered(request.kind(), postman.post(request, tag));
    } catch (IOException unanswered) {
      tally.unanswered();
    }
  }

  private synchronized boolean isOpen(Instant end) {
    return left > 0 && clock.instant().isBefore(end);
  }

  private synchronized boolean take(Instant end) {
    if (!isOpen(end)) {
      return false;
    }
    left--;
    return true;
  }

  private static void finish(Future<?> lane) throws InterruptedException {
    try {
      lane.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("A simulated sender failed", failure.getCause());
    }
  }
}
