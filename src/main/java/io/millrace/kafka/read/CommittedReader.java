package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer of committed records without a group and without commits: it reads on from where it
 * was positioned. Not thread-safe.
 *
 * @param <K> the keys
 */
final class CommittedReader<K> implements AutoCloseable {
  private final Consumer<K, byte[]> consumer;

  CommittedReader(KafkaSettings kafka, Deserializer<K> keys) {
    this(kafka, keys, Map.of());
  }

  /**
   * Reads nothing yet.
   *
   * @param properties additional properties of the consumer
   */
  CommittedReader(KafkaSettings kafka, Deserializer<K> keys, Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(kafka.with(Map.of()));
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.putAll(properties);
    this.consumer = new KafkaConsumer<>(all, keys, new ByteArrayDeserializer());
  }

  /** Positions it at the first record of every partition of a topic. */
  void seekToBeginning(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The partitions of a topic. */
  List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** Moves it in each of its partitions to the first record that is not older than a time. */
  void seekTo(Instant time) {
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

  /** Positions it at one offset, to read no other partition. */
  void seekTo(TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
  }

  /** One past the last record of each of its partitions that is readable now. */
  Map<TopicPartition, Long> ends() {
    return ends(consumer.assignment());
  }

  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return consumer.endOffsets(partitions);
  }

  /** Whether there is more to read, in any of these partitions, before these ends. */
  boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  ConsumerRecords<K, byte[]> poll(Duration patience) {
    return consumer.poll(patience);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
