package io.millrace.app;

import io.millrace.kafka.read.TopicOffsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the offsets of a cluster periodically, on a thread of its own, until it is closed. */
final class OffsetsWatch implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  private final TopicOffsets offsets;
  private final ScheduledExecutorService looking;

  private OffsetsWatch(String thread, TopicOffsets offsets) {
    this.offsets = offsets;
    this.looking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(thread).factory());
  }

  /**
   * Starts.
   *
   * @param offsets closed with the watch
   * @param first how long until the first look
   * @param pause from the end of each look to the next
   * @param look must not throw: that would end the watch
   */
  static OffsetsWatch start(
      String thread, TopicOffsets offsets, Duration first, Duration pause, Runnable look) {
    OffsetsWatch watch = new OffsetsWatch(thread, offsets);
    Future<?> unused =
        watch.looking.scheduleWithFixedDelay(
            look, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Ends it; the client stays open if a look does not end. */
  @Override
  public void close() {
    looking.shutdownNow();
    try {
      if (looking.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        offsets.close();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
