package io.millrace.edge.wire;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what takes longer than a limit. The limit is the same for all, so what begins first is
 * due first, and one queue that is checked regularly replaces a timer for each, at a fraction of
 * the cost. Thread-safe.
 *
 * <p>A completed outcome is kept until everything that began before it is completed or late; so at
 * most what began within the limit is kept.
 */
public final class TimeLimit {
  private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);
  private static final int CHECKS_PER_LIMIT = 20;
  private static final long SHORTEST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private record Waiting(CompletableFuture<?> outcome, long since, Runnable late) {}

  private final long nanos;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /**
   * @param limit not negative. Being late is noticed 10 to 50 ms after it, depending on the limit.
   * @param clock checks repeatedly until it is shut down
   */
  public TimeLimit(Duration limit, ScheduledExecutorService clock) {
    nanos = limit.toNanos();
    long pause =
        Math.clamp(
            limit.toMillis() / CHECKS_PER_LIMIT, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    // It ends with the executor.
    var unused = clock.scheduleWithFixedDelay(this::check, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts to watch an outcome.
   *
   * @param late called once if the outcome is late; must not block
   */
  public void watch(CompletableFuture<?> outcome, Runnable late) {
    if (!outcome.isDone()) {
      waiting.add(new Waiting(outcome, System.nanoTime(), late));
    }
  }

  private void check() {
    for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
      boolean done = first.outcome().isDone();
      if (!done && System.nanoTime() - first.since() < nanos) {
        return;
      }
      waiting.remove();
      if (!done) {
        report(first);
      }
    }
  }

  private static void report(Waiting waiting) {
    try {
      waiting.late().run();
    } catch (RuntimeException failure) {
      LOG.warn("A late outcome could not be reported", failure);
    }
  }

  /** The number of outcomes kept. */
  int size() {
    return waiting.size();
  }
}
