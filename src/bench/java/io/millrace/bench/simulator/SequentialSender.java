package io.millrace.bench.simulator;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.journal.Journal;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One sender: sends its requests strictly one after the other, each until it has its final answer.
 */
final class SequentialSender implements Callable<@Nullable Void> {
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(2);

  private final String run;
  private final List<PlannedRequest> requests;
  private final Set<Integer> settled;
  private final Journal journal;
  private final Postman postman;
  private final EventWait eventWait;
  private final Timing timing;
  private final Progress progress;

  SequentialSender(
      String run,
      List<PlannedRequest> requests,
      Set<Integer> settled,
      Journal journal,
      Postman postman,
      EventWait eventWait,
      Timing timing,
      Progress progress) {
    this.run = run;
    this.requests = requests;
    this.settled = settled;
    this.journal = journal;
    this.postman = postman;
    this.eventWait = eventWait;
    this.timing = timing;
    this.progress = progress;
  }

  @Override
  public @Nullable Void call() throws InterruptedException {
    for (PlannedRequest request : requests) {
      if (settled.contains(request.index())) {
        progress.skipped(request);
      } else {
        send(request);
      }
    }
    return null;
  }

  private void send(PlannedRequest request) throws InterruptedException {
    if (!request.prompt()) {
      timing.awaitTurn(request);
    }
    if (request.awaits().isPresent()) {
      eventWait.await(request, request.awaits().get());
    }
    Instant giveUpAt = timing.clock().instant().plus(timing.patience());
    Duration backOff = FIRST_BACK_OFF;
    while (!attempt(request)) {
      if (timing.clock().instant().isAfter(giveUpAt)) {
        throw new EdgeUnavailableException(
            ("The edge did not accept request %d to %s within %s; run the command again to"
                    + " continue the run")
                .formatted(request.index(), request.source(), timing.patience()));
      }
      Thread.sleep(backOff);
      backOff = backOff.multipliedBy(2);
      if (backOff.compareTo(LONGEST_BACK_OFF) > 0) {
        backOff = LONGEST_BACK_OFF;
      }
    }
  }

  /** Makes one attempt; returns whether it got a final answer. */
  private boolean attempt(PlannedRequest request) throws InterruptedException {
    Attempt attempt = journal.trying(request.index(), timing.clock().instant());
    try {
      RequestTag tag = new RequestTag(run, request.index(), attempt.number());
      Attempt.Answer answer = postman.post(request, tag);
      journal.answered(attempt, answer);
      progress.answered(request, answer);
      return answer.isFinal();
    } catch (IOException unanswered) {
      // It is unknown whether it arrived. The journal keeps the attempt open, and the sender
      // retries.
      return false;
    }
  }

  /**
   * The timing of requests.
   *
   * @param start {@link System#nanoTime} at position 0
   * @param patience how long one request is retried
   */
  record Timing(Pace pace, long start, Duration patience, Clock clock) {
    void awaitTurn(PlannedRequest request) throws InterruptedException {
      long wait = start + pace.dueNanos(request.position()) - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
    }
  }
}
