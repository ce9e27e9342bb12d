package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.Config;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.CompletenessMark;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.log.KafkaDeliveryLog;
import io.millrace.kafka.read.TopicWriter;
import io.millrace.kafka.topic.RegistrySerdes;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the edge writes to Kafka: deliveries, and how complete they are. */
public final class KafkaLogs implements DeliveryLogFactory {
  private final Function<Config, RegistrySerdes> serdes;

  /** Opens logs with their own serdes. */
  public KafkaLogs() {
    this(config -> new RegistrySerdes(config.registry()));
  }

  public KafkaLogs(Function<Config, RegistrySerdes> serdes) {
    this.serdes = serdes;
  }

  @Override
  public DeliveryLog open(Config config, MeterRegistry registry, Predicate<String> spreads) {
    return new KafkaDeliveryLog(
        config.kafka(), serdes.apply(config), Topics.DELIVERIES_RECEIVED, spreads);
  }

  @Override
  public Optional<TopicWriter<CompletenessMark>> marks(Config config) {
    return Optional.of(
        new TopicWriter<>(
            config.kafka(),
            serdes.apply(config),
            Topics.COMPLETENESS_MARKS,
            "millrace-edge-marks"));
  }
}
