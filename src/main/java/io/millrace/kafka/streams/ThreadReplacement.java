package io.millrace.kafka.streams;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a failed stream thread, after a delay that doubles while it keeps failing: the flow must
 * survive a broker outage, and a permanent fault must not consume the CPU.
 */
public final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(5);

  private final String role;
  private final CaughtUpConsumers consumers;
  private final Duration firstPause;
  private final Duration longestPause;
  private Duration pause;
  private long lastDeath = System.nanoTime();

  ThreadReplacement(String role, CaughtUpConsumers consumers) {
    this(role, consumers, FIRST_PAUSE, LONGEST_PAUSE);
  }

  public ThreadReplacement(
      String role, CaughtUpConsumers consumers, Duration firstPause, Duration longestPause) {
    this.role = role;
    this.consumers = consumers;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
    this.pause = firstPause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    Duration now = nextPause();
    LOG.error("A thread of role {} failed; it is replaced after {}", role, now, failure);
    try {
      TimeUnit.MILLISECONDS.sleep(now.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    consumers.threadDies();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized Duration nextPause() {
    long now = System.nanoTime();
    if (now - lastDeath > FORGIVEN_AFTER.toNanos()) {
      pause = firstPause;
    }
    lastDeath = now;
    Duration next = pause;
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(longestPause) > 0 ? longestPause : twice;
    return next;
  }
}
