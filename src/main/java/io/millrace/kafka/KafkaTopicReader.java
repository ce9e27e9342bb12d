package io.millrace.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Plain consumers without a group, one per topic. Not safe for several threads. */
public final class KafkaTopicReader implements TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> settings;
  private final TopicSerdes serdes;
  private final Map<String, Consumer<String, byte[]>> consumers = new HashMap<>();

  public KafkaTopicReader(KafkaSettings kafka, TopicSerdes serdes) {
    this.settings = new HashMap<>(kafka.with(Map.of()));
    this.serdes = serdes;
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
  }

  @Override
  public <V extends SpecificRecord> void read(Topic<V> topic, Sink<V> sink) {
    Consumer<String, byte[]> consumer =
        consumers.computeIfAbsent(topic.name(), this::consumerFromTheBeginning);
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Deserializer<V> values = serdes.values(topic).deserializer();
    while (isBehind(consumer, ends)) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        byte[] bytes = record.value();
        Optional<V> value =
            bytes == null
                ? Optional.empty()
                : Optional.of(values.deserialize(topic.name(), record.headers(), bytes));
        sink.take(record.key(), value, record.partition(), record.offset());
      }
    }
  }

  private Consumer<String, byte[]> consumerFromTheBeginning(String topic) {
    Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static boolean isBehind(
      Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  @Override
  public void close() {
    consumers.values().forEach(Consumer::close);
    consumers.clear();
  }
}
