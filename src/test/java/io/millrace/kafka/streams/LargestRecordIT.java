package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.testing.TestBroker;
import io.millrace.config.setting.Settings;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.TopicLimits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker takes the largest record the flow may write, with the producer of the flow. */
final class LargestRecordIT {
  private static final int KEY_BYTES = 1_600;

  @TempDir private Path directory;

  @Test
  void everyTopicTakesTheLargestRecordTheFlowWrites() throws Exception {
    try (TestBroker broker = TestBroker.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        Producer<byte[], byte[]> producer = producer(broker)) {
      admin
          .createTopics(List.of(topic("a-topic", declared()), topic("a-changelog", least())))
          .all()
          .get();

      for (String topic : List.of("a-topic", "a-changelog")) {
        assertThat(producer.send(record(topic, TopicLimits.MAX_RECORD_BYTES)).get().offset())
            .isZero();
        // Without a limit of our own this would be the end of the partition.
        assertThatThrownBy(() -> producer.send(record(topic, 8_400_000)).get())
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(RecordTooLargeException.class);
      }
    }
  }

  private static int declared() {
    return TopicSettings.load(Path.of("topology", "topics.yaml")).all().stream()
        .mapToInt(topic -> topic.maxMessageBytes())
        .min()
        .orElseThrow();
  }

  private static int least() {
    return TopicLimits.MAX_MESSAGE_BYTES;
  }

  private static NewTopic topic(String name, int bytes) {
    return new NewTopic(name, 1, (short) 1)
        .configs(Map.of("max.message.bytes", Integer.toString(bytes)));
  }

  /** Random bytes: compression makes them larger. */
  private static ProducerRecord<byte[], byte[]> record(String topic, int bytes) {
    byte[] key = new byte[KEY_BYTES];
    byte[] value = new byte[bytes - KEY_BYTES];
    new Random(bytes).nextBytes(value);
    return new ProducerRecord<>(topic, key, value);
  }

  private static Producer<byte[], byte[]> producer(TestBroker broker) {
    Map<String, Object> settings = new HashMap<>();
    StreamProperties.of(
            "records",
            KafkaSettings.of(broker.bootstrapServers()),
            Settings.read(StreamSettings.class, Map.of("stream.instance", "1")))
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith("producer.")) {
                settings.put(name.toString().substring("producer.".length()), value);
              }
            });
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
