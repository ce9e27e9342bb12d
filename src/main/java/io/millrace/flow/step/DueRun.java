package io.millrace.flow.step;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * One run over due rows. It is limited in rows and time so that it does not block other work; the
 * rest is processed in the next run.
 */
public final class DueRun {
  public static final int MOST_AT_ONCE = 1_000;
  private static final long LONGEST_MS = 200;

  private DueRun() {}

  /**
   * Releases due rows, one after the other.
   *
   * @param due takes the next row; empty if no more rows are due
   */
  public static <T> void through(
      ProcessorContext<?, ?> context, Supplier<Optional<T>> due, Consumer<T> release) {
    long startedAt = context.currentSystemTimeMs();
    for (int released = 0; released < MOST_AT_ONCE; released++) {
      Optional<T> next = due.get();
      next.ifPresent(release);
      if (next.isEmpty() || context.currentSystemTimeMs() - startedAt > LONGEST_MS) {
        return;
      }
    }
  }
}
