package io.millrace.kafka;

import java.time.Duration;
import java.time.Instant;
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
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Plain consumers without a group, one per topic. Not safe for several threads. */
public final class KafkaTopicReader implements TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> settings;
  private final TopicSerdes serdes;
  private final Optional<Instant> start;
  private final Map<String, Consumer<String, byte[]>> consumers = new HashMap<>();

  /** Begins at the beginning of every topic. */
  public KafkaTopicReader(KafkaSettings kafka, TopicSerdes serdes) {
    this(kafka, serdes, Optional.empty());
  }

  /**
   * Begins where the first record that is not older stands; what is before it is older.
   *
   * @param start by the records' own timestamps; the beginning if empty
   */
  public KafkaTopicReader(KafkaSettings kafka, TopicSerdes serdes, Optional<Instant> start) {
    this.settings = new HashMap<>(kafka.with(Map.of()));
    this.serdes = serdes;
    this.start = start;
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
  }

  @Override
  public <V extends SpecificRecord> void read(Topic<V> topic, Sink<V> sink) {
    Consumer<String, byte[]> consumer =
        consumers.computeIfAbsent(topic.name(), this::consumerAtTheStart);
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Deserializer<V> values = serdes.values(topic).deserializer();
    while (isBehind(consumer, ends)) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        hand(record, values, sink);
      }
    }
  }

  private static <V> void hand(
      ConsumerRecord<String, byte[]> record, Deserializer<V> values, Sink<V> sink) {
    byte[] bytes = record.value();
    Optional<V> value;
    try {
      value =
          bytes == null
              ? Optional.empty()
              : Optional.of(values.deserialize(record.topic(), record.headers(), bytes));
    } catch (RuntimeException failure) {
      if (ForeignRecords.isOurs(bytes)) {
        throw new SerializationException(
            "The record at offset %d of %s-%d could not be decoded: %s"
                .formatted(
                    record.offset(), record.topic(), record.partition(), failure.getMessage()),
            failure);
      }
      sink.foreign(record.partition(), record.offset());
      return;
    }
    sink.take(record.key(), value, record.partition(), record.offset());
  }

  private Consumer<String, byte[]> consumerAtTheStart(String topic) {
    Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    start.ifPresent(time -> seek(consumer, time));
    return consumer;
  }

  private static void seek(Consumer<String, byte[]> consumer, Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    consumer.assignment().forEach(partition -> times.put(partition, time.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, found.offset());
              }
            });
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
