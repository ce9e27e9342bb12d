package io.millrace.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kafka.CaughtUpConsumers;
import io.millrace.kafka.StreamSettings;
import io.millrace.kafka.StreamsRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.Topology;

/** One role as its own application, run as in production but without a registry. */
final class FlowProcess implements AutoCloseable {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StreamsRunner runner;

  FlowProcess(
      FlowCluster cluster,
      String role,
      StreamSettings settings,
      DeliveryNormalizer normalizer,
      Topology empty) {
    CaughtUpConsumers consumers = new CaughtUpConsumers();
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            normalizer,
            source -> Duration.ofDays(3),
            TestRules.real(),
            consumers,
            new FlowMetrics(meters),
            StoreKind.ROCKSDB);
    runner =
        new StreamsRunner(role, built(role, topology, empty), cluster.kafka(), settings, consumers);
  }

  static StreamSettings settings(String prefix, String instance, Path state, String groupProtocol) {
    return new StreamSettings(
        prefix, instance, state, 1, Duration.ofMillis(100), 0, groupProtocol, Map.of());
  }

  static Topology built(String role, MillraceTopology flow, Topology empty) {
    return switch (role) {
      case "normalize" -> flow.normalize(empty);
      case "records" -> flow.records(empty);
      case "engagement" -> flow.engagement(empty);
      default -> throw new IllegalArgumentException("There is no role " + role);
    };
  }

  FlowProcess start() {
    runner.start();
    return this;
  }

  boolean isRunning() {
    return runner.isRunning();
  }

  /** How many events and minutes of this process are not let go yet. */
  double waiting() {
    return meters.find("millrace.waiting").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  @Override
  public void close() {
    runner.close();
  }
}
