package io.millrace.kafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.bench.stack.StackEndpoints;
import io.millrace.config.setting.Settings;
import io.millrace.event.Delivery;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.log.KafkaDeliveryLog;
import io.millrace.kafka.streams.CaughtUpConsumers;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.streams.StreamsRunner;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.kafka.topic.RegistrySettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What the delivery log and a role do on a real broker; called by the test that has started one.
 */
public final class WiresCheck {
  private static final String SEEN = "seen";

  private WiresCheck() {}

  /** Appends deliveries and has a role forward each source once, exactly once, until idle. */
  public static void run(StackEndpoints endpoints, Path stateDirectory) throws Exception {
    KafkaSettings kafka = KafkaSettings.of(endpoints.bootstrapServers());
    StreamSettings stream =
        Settings.read(
            StreamSettings.class,
            Map.of(
                "stream.instance", "1",
                "stream.state.directory", stateDirectory.toString(),
                "stream.commit.interval", "PT0.2S"));
    CaughtUpConsumers consumers = new CaughtUpConsumers();
    try (RegistrySerdes serdes = new RegistrySerdes(RegistrySettings.of(endpoints.confluentUrl()));
        KafkaDeliveryLog log =
            new KafkaDeliveryLog(kafka, serdes, Topics.DELIVERIES_RECEIVED, source -> false);
        StreamsRunner runner = new StreamsRunner("check", topology(), kafka, stream, consumers)) {
      await().untilAsserted(() -> assertThat(log.isReady()).isTrue());
      log.append(delivery()).toCompletableFuture().get(10, TimeUnit.SECONDS);

      runner.start();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(runner.isRunning()).isTrue();
                assertThat(IntStream.range(0, 6))
                    .allMatch(
                        partition ->
                            consumers.isCaughtUp(
                                List.of(Topics.DELIVERIES_RECEIVED.name()), partition));
              });
      assertThat(consumers.isCaughtUp(List.of("crm-leads"), 0)).isFalse();
    }
  }

  private static Delivery delivery() {
    return Delivery.newBuilder()
        .setDeliveryId("d-1")
        .setSource("billing")
        .setReceivedAt(Instant.now())
        .setMethod("POST")
        .setUrl("https://hooks.example.com/in/billing")
        .setHeaders(Map.of("content-type", List.of("application/json")))
        .setBody(ByteBuffer.wrap(new byte[] {'{', '}'}))
        .setRemoteAddress("192.0.2.1")
        .setAssurance("NONE")
        .build();
  }

  private static Topology topology() {
    return new Topology()
        .addSource(
            "read", new StringDeserializer(), new ByteArrayDeserializer(), "deliveries-received")
        .addProcessor("remember", Remember::new, "read")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(SEEN), Serdes.String(), Serdes.ByteArray()),
            "remember")
        .addSink(
            "write", "dead-letters", new StringSerializer(), new ByteArraySerializer(), "remember");
  }

  private static final class Remember extends ContextualProcessor<String, byte[], String, byte[]> {
    @Override
    public void process(Record<String, byte[]> record) {
      KeyValueStore<String, byte[]> seen = context().getStateStore(SEEN);
      if (seen.putIfAbsent(record.key(), record.value()) == null) {
        context().forward(record);
      }
    }
  }
}
