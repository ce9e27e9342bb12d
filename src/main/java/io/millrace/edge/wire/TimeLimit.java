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
 * Notices what has taken longer than it may. All of it may take equally long, so what begins first
 * is due first, and a queue that is looked at now and then does what a timer for each would, at a
 * small part of its cost. Safe for use by many threads.
 *
 * <p>What is done is held until what began before it is done or late; so no more is ever held than
 * began within the limit.
 */
public final class TimeLimit {
  private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);
  private static final int LOOKS_PER_LIMIT = 20;
  private static final long SHORTEST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private record Waiting(CompletableFuture<?> outcome, long since, Runnable late) {}

  private final long nanos;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /**
   * @param limit not negative. What is late is noticed 10 to 50 ms later, depending on it.
   * @param clock looks again and again until it is shut down
   */
  public TimeLimit(Duration limit, ScheduledExecutorService clock) {
    nanos = limit.toNanos();
    long pause =
        Math.clamp(limit.toMillis() / LOOKS_PER_LIMIT, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    // It ends with the executor.
    var unused = clock.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Watches an outcome from now on.
   *
   * @param late called once if there is none in time; must not block
   */
  public void watch(CompletableFuture<?> outcome, Runnable late) {
    if (!outcome.isDone()) {
      waiting.add(new Waiting(outcome, System.nanoTime(), late));
    }
  }

  private void look() {
    for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
      boolean done = first.outcome().isDone();
      if (!done && System.nanoTime() - first.since() < nanos) {
        return;
      }
      waiting.remove();
      if (!done) {
        tell(first);
      }
    }
  }

  private static void tell(Waiting waiting) {
    try {
      waiting.late().run();
    } catch (RuntimeException failure) {
      LOG.warn("What is late could not be told so", failure);
    }
  }

  /** How many are held. */
  int size() {
    return waiting.size();
  }
}
