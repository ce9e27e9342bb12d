package io.millrace.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells whether a group has read a topic up to certain offsets. The offsets a group commits do not
 * say so alone: behind its last record there may be markers of transactions, and aborted records,
 * which it passes over and never commits. Not safe for several threads.
 */
public final class ReadThrough implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TopicOffsets offsets;
  private final Consumer<byte[], byte[]> consumer;

  public ReadThrough(KafkaSettings kafka, TopicOffsets offsets) {
    this.offsets = offsets;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(
            kafka.with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The partitions a group has still to read up to the given offsets, in words; empty when it has
   * read all that is committed before them, and nothing before them is still to be committed.
   *
   * @param ends one past the last offset that counts, by partition
   */
  public List<String> behind(String group, String topic, Map<Integer, Long> ends) {
    Map<Integer, Long> read = offsets.read(group, topic);
    Map<Integer, Long> beginnings = offsets.beginnings(topic);
    List<String> behind = new ArrayList<>();
    ends.forEach(
        (partition, end) -> {
          long next =
              Math.max(read.getOrDefault(partition, 0L), beginnings.getOrDefault(partition, 0L));
          if (next < end && hasRecords(new TopicPartition(topic, partition), next, end)) {
            behind.add(
                "%s has read %s-%d up to offset %d, not %d"
                    .formatted(group, topic, partition, next, end));
          }
        });
    return behind;
  }

  /** Also true while a transaction before the end is open. */
  private boolean hasRecords(TopicPartition partition, long from, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) < end) {
      boolean found =
          consumer.poll(POLL).records(partition).stream().anyMatch(it -> it.offset() < end);
      if (found || System.nanoTime() > deadline) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
