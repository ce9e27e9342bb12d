package io.millrace.spool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The metrics of the spool. */
final class SpoolMetrics {
  private static final String NAME = "millrace.edge.spool.";

  private final MeterRegistry registry;

  SpoolMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void spooled(String source) {
    count("spooled", "Deliveries acknowledged by the spool", source);
  }

  void drained(String source) {
    count("drained", "Deliveries that left the spool because Kafka has stored them", source);
  }

  void refused(String source) {
    count(
        "refused",
        "Deliveries the spool could not accept: it was full, or its disk failed",
        source);
  }

  void setAside(String source) {
    count("set.aside", "Deliveries set aside because Kafka accepts others but not them", source);
  }

  void watch(SpoolStore store, SpoolDirectory directory, SpoolDrainer drainer, long limitBytes) {
    gauge("waiting", "Deliveries waiting in the spool", store, SpoolStore::waiting);
    gauge("aside", "Deliveries set aside until the next start", store, SpoolStore::aside);
    gauge("bytes", "Bytes of deliveries in the spool", store, SpoolStore::bytes);
    gauge("limit.bytes", "Capacity of the spool", store, same -> limitBytes);
    gauge(
        "oldest.age.seconds",
        "Age of the oldest delivery in the spool",
        drainer,
        each -> each.oldestAge().toMillis() / 1000.0);
    gauge(
        "quarantined",
        "Damaged logs in the spool's folder, kept for inspection",
        directory,
        SpoolDirectory::quarantined);
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(NAME + name, of, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private void count(String name, String description, String source) {
    Counter.builder(NAME + name)
        .description(description)
        .tag("source", source)
        .register(registry)
        .increment();
  }
}
