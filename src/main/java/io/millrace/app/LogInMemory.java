package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.Config;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * A log that stores every delivery immediately and keeps the last thousand in memory, to measure
 * the edge without Kafka. For benchmarks only; its content is lost at exit.
 */
public final class LogInMemory implements DeliveryLogFactory {
  private static final int KEPT = 1_000;

  @Override
  public DeliveryLog open(Config config, MeterRegistry registry, Predicate<String> spreads) {
    return new Log();
  }

  private static final class Log implements DeliveryLog {
    private final AtomicReferenceArray<Delivery> last = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger appended = new AtomicInteger();

    @Override
    public CompletionStage<Void> append(Delivery delivery) {
      last.set(Math.floorMod(appended.getAndIncrement(), KEPT), delivery);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }
}
