package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reports whether a group has read a topic up to given offsets. Its committed offsets alone do not
 * show that: after its last record there may be transaction markers and aborted records, which it
 * skips and never commits. Thread-safe; calls are serialised.
 */
public final class ReadThrough implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TopicOffsets offsets;
  private final CommittedReader<byte[]> reader;

  public ReadThrough(KafkaSettings kafka, TopicOffsets offsets) {
    this.offsets = offsets;
    this.reader =
        new CommittedReader<>(
            kafka, new ByteArrayDeserializer(), Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1));
  }

  /**
   * The partitions that a group still has to read up to the given offsets, in words; empty if it
   * has read everything committed before them, and nothing before them is uncommitted.
   *
   * @param ends one past the last offset that counts, by partition
   */
  public synchronized List<String> behind(String group, String topic, Map<Integer, Long> ends) {
    Map<Integer, Long> read = offsets.next(group, topic);
    List<String> behind = new ArrayList<>();
    ends.forEach(
        (partition, end) -> {
          long next = read.getOrDefault(partition, 0L);
          if (next < end && hasRecords(new TopicPartition(topic, partition), next, end)) {
            behind.add(
                "%s has read %s-%d up to offset %d, not %d"
                    .formatted(group, topic, partition, next, end));
          }
        });
    return behind;
  }

  /** The same for everything committed to the topic so far. */
  public List<String> behind(String group, String topic) {
    return behind(group, topic, offsets.committedEnds(topic));
  }

  /** Also true while a transaction before the end is open. */
  private boolean hasRecords(TopicPartition partition, long from, long end) {
    reader.seekTo(partition, from);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (reader.isBefore(Map.of(partition, end))) {
      boolean found =
          reader.poll(POLL).records(partition).stream().anyMatch(it -> it.offset() < end);
      if (found || System.nanoTime() > deadline) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}
