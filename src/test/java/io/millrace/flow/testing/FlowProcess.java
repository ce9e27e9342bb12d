package io.millrace.flow.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.setting.Settings;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StoreKind;
import io.millrace.kafka.streams.CaughtUpConsumers;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.streams.StreamsRunner;
import io.millrace.kafka.testing.TestRunner;
import io.millrace.kafka.topic.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.Topology;

/** One role as its own application, run as in production but without a registry. */
public final class FlowProcess implements AutoCloseable {
  /** What somebody who died had not committed is aborted soon. */
  private static final Map<String, String> ABORTED_SOON =
      Map.of("producer.transaction.timeout.ms", "6000");

  /** And who died is missed soon; with the other protocol the broker decides when. */
  private static final Map<String, String> FORGOTTEN_SOON =
      Map.of(
          "producer.transaction.timeout.ms",
          "6000",
          "consumer.session.timeout.ms",
          "3000",
          "consumer.heartbeat.interval.ms",
          "500");

  /** How many times faster time passes for the flow: a quiet minute has to end in each scenario. */
  private static final long SPEED = 10;

  private static final long STARTED_MS = System.currentTimeMillis();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StreamsRunner runner;

  public FlowProcess(
      KafkaSettings kafka,
      String role,
      StreamSettings settings,
      DeliveryNormalizer normalizer,
      FlowRules rules,
      Topology empty) {
    CaughtUpConsumers consumers = new CaughtUpConsumers(FlowProcess::fastMillis);
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            normalizer,
            source -> Duration.ofDays(3),
            rules,
            consumers,
            new FlowMetrics(meters),
            StoreKind.ROCKSDB);
    runner = TestRunner.of(role, built(role, topology, empty), kafka, settings, consumers);
  }

  private static long fastMillis() {
    return STARTED_MS + (System.currentTimeMillis() - STARTED_MS) * SPEED;
  }

  public static StreamSettings settings(
      String prefix, String instance, Path state, String groupProtocol) {
    Map<String, String> given = new HashMap<>();
    (groupProtocol.equals("classic") ? FORGOTTEN_SOON : ABORTED_SOON)
        .forEach((key, value) -> given.put("stream.client." + key, value));
    given.put("stream.application.prefix", prefix);
    given.put("stream.instance", instance);
    given.put("stream.state.directory", state.toString());
    // By the clock of the flow.
    given.put("stream.commit.interval", "PT1S");
    given.put("stream.group.protocol", groupProtocol);
    return Settings.read(StreamSettings.class, given);
  }

  static Topology built(String role, MillraceTopology flow, Topology empty) {
    return switch (role) {
      case "normalize" -> flow.normalize(empty);
      case "records" -> flow.records(empty);
      case "engagement" -> flow.engagement(empty);
      case "identity" -> flow.identity(empty);
      case "accounts" -> flow.accounts(empty);
      default -> throw new IllegalArgumentException("There is no role " + role);
    };
  }

  public FlowProcess start() {
    runner.start();
    return this;
  }

  boolean isRunning() {
    return runner.isRunning();
  }

  /** How many events and minutes of this process are not let go yet. */
  public double waiting() {
    return meters.find("millrace.waiting").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  @Override
  public void close() {
    runner.close();
  }
}
