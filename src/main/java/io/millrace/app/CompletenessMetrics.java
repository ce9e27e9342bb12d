package io.millrace.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The age of the moment up to which each topic is complete. */
final class CompletenessMetrics {
  private static final double MILLIS_PER_SECOND = 1000;

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, Instant> until = new ConcurrentHashMap<>();

  CompletenessMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  void completeUntil(String topic, Instant moment) {
    if (until.put(topic, moment) == null) {
      Gauge.builder("millrace.completeness.age.seconds", () -> age(topic))
          .description("Age of the moment up to which a topic is complete")
          .tag("topic", topic)
          .register(registry);
    }
  }

  private double age(String topic) {
    Instant now = clock.instant();
    return Duration.between(until.getOrDefault(topic, now), now).toMillis() / MILLIS_PER_SECOND;
  }
}
