package io.millrace.app;

import io.millrace.completeness.CompletenessMarks;
import io.millrace.event.CompletenessMark;
import io.millrace.kafka.read.TopicWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Periodically reports the moment before which this edge has no deliveries left to store. */
final class EdgeMarks implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final String edge;
  private final TopicWriter<CompletenessMark> writer;
  private final Supplier<Optional<Instant>> earliest;
  private final Clock clock;
  private final ScheduledExecutorService saying =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("edge-marks").factory());

  /**
   * Reports nothing until it is started.
   *
   * @param earliest when the earliest delivery that is still in the edge arrived
   */
  EdgeMarks(
      String edge,
      TopicWriter<CompletenessMark> writer,
      Supplier<Optional<Instant>> earliest,
      Clock clock) {
    this.edge = edge;
    this.writer = writer;
    this.earliest = earliest;
    this.clock = clock;
  }

  /**
   * Starts; must be called before the edge listens, so that no mark of the flow passes deliveries
   * that the edge is about to accept.
   */
  void start() {
    say();
    writer.flush();
    Future<?> unused =
        saying.scheduleWithFixedDelay(
            this::say, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void say() {
    // Read the clock first: anything that arrives after this check is later.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Instant> open = earliest.get();
    Instant until = open.filter(now::isAfter).orElse(now);
    writer.write(
        CompletenessMarks.edgeKey(edge), CompletenessMarks.ofEdge(edge, until, by(open), now));
  }

  private String by(Optional<Instant> open) {
    return open.isPresent() ? "deliveries on their way through edge " + edge : "edge " + edge;
  }

  /** Removes the mark, unless something is left; then it stays until the edge is back. */
  @Override
  public void close() {
    saying.shutdownNow();
    try {
      if (saying.awaitTermination(EVERY.toMillis(), TimeUnit.MILLISECONDS)
          && earliest.get().isEmpty()) {
        writer.write(CompletenessMarks.edgeKey(edge), null);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }
}
