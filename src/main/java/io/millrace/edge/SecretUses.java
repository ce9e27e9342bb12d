package io.millrace.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Records when and how often each secret proved a delivery since the process started. */
final class SecretUses {
  /** Names, not secrets: a reference whose value changes keeps its count. */
  private record Key(String source, String reference) {}

  private final Map<Key, Instant> lastUses = new ConcurrentHashMap<>();
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Instant since;
  private final MeterRegistry registry;

  SecretUses(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.since = clock.instant();
  }

  /**
   * @param reference one of the source's secrets, as its file names it
   */
  void used(String source, String reference, Instant now) {
    Key key = new Key(source, reference);
    lastUses.merge(key, now, (one, other) -> one.isAfter(other) ? one : other);
    counters.computeIfAbsent(key, this::counter).increment();
  }

  private Counter counter(Key key) {
    return Counter.builder("millrace.edge.secret.uses")
        .description("Deliveries proved by each secret")
        .tags("source", key.source(), "secret", key.reference())
        .register(registry);
  }

  Optional<Instant> lastUse(String source, String reference) {
    return Optional.ofNullable(lastUses.get(new Key(source, reference)));
  }

  /** The time since which uses have been recorded. */
  Instant since() {
    return since;
  }
}
