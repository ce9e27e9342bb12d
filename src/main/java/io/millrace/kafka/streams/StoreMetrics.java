package io.millrace.kafka.streams;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Metrics of the state stores on this process's disk; all zero until a store is open. */
public final class StoreMetrics implements MeterBinder {
  private static final double MICROS_PER_SECOND = 1e6;

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "millrace.stores.open", "RocksDB instances that are open", SharedRocksDb::open);
    gauge(
        registry,
        "millrace.stores.memory.bound.bytes",
        "Memory that all state stores share (stream.state.memory)",
        SharedRocksDb::memoryBytes);
    gauge(
        registry,
        "millrace.stores.memory.used.bytes",
        "Memory in use by state stores, for writes and as cache",
        SharedRocksDb::usedBytes);
    count(
        registry,
        "millrace.stores.stalled.seconds",
        "Time that writes to state stores waited for the disk; should stay 0",
        shared -> shared.stallMicros() / MICROS_PER_SECOND);
    count(
        registry,
        "millrace.stores.stalls",
        "Number of times that a state store slowed down or stopped its writes; should stay 0",
        SharedRocksDb::stalls);
    count(
        registry,
        "millrace.stores.flushes",
        "Number of times that a state store's memory was flushed to disk",
        SharedRocksDb::flushes);
    count(
        registry,
        "millrace.stores.written.bytes",
        "Bytes that state stores wrote to disk, by flushes and compactions",
        SharedRocksDb::writtenBytes);
  }

  private static void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<SharedRocksDb> figure) {
    Gauge.builder(name, () -> figure(figure)).description(text).register(registry);
  }

  private static void count(
      MeterRegistry registry, String name, String text, ToDoubleFunction<SharedRocksDb> figure) {
    FunctionCounter.builder(name, figure, StoreMetrics::figure)
        .description(text)
        .register(registry);
  }

  private static double figure(ToDoubleFunction<SharedRocksDb> figure) {
    return BoundedRocksDb.shared().stream().mapToDouble(figure).sum();
  }
}
