package io.millrace.bench.setup;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Remembers the first record that could not be written. */
public final class FirstFailure implements Callback {
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  @Override
  public void onCompletion(@Nullable RecordMetadata written, @Nullable Exception failure) {
    if (failure != null) {
      failed(failure);
    }
  }

  /** Records a failure. */
  public void failed(Throwable failure) {
    first.compareAndSet(null, failure);
  }

  /**
   * Ends the benchmark if a record could not be written.
   *
   * @throws BenchFailure saying why
   */
  public void check() {
    Throwable failure = first.get();
    if (failure != null) {
      throw new BenchFailure("The load could not be written to the broker: " + failure);
    }
  }
}
