package io.millrace.kafka.streams;

import io.millrace.kafka.format.NewerStateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a failed stream thread, after a delay that doubles while it keeps failing: the flow must
 * survive a broker outage, and a permanent fault must not consume the CPU. Where only another
 * version of the program can continue, the role stops instead, so that its partitions go to
 * processes of that version.
 */
public final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Causes of a failure that are looked at; a chain may be a circle. */
  private static final int LONGEST_CHAIN = 50;

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
    Optional<NewerStateException> newer = newerState(failure);
    if (newer.isPresent()) {
      LOG.error("Role {} stops in this process: {}", role, newer.get().getMessage(), failure);
      consumers.threadDies();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
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

  private static Optional<NewerStateException> newerState(Throwable failure) {
    @Nullable Throwable each = failure;
    for (int depth = 0; each != null && depth < LONGEST_CHAIN; depth++) {
      if (each instanceof NewerStateException newer) {
        return Optional.of(newer);
      }
      each = each.getCause();
    }
    return Optional.empty();
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
