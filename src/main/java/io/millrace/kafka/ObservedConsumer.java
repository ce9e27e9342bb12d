package io.millrace.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Notes after each poll which of its partitions have been read to their end. */
final class ObservedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final Set<TopicPartition> caughtUp;

  /** Those this consumer has noted; the set of all is shared with other consumers. */
  private final Set<TopicPartition> noted = new HashSet<>();

  ObservedConsumer(Map<String, Object> config, Set<TopicPartition> caughtUp) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.caughtUp = caughtUp;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    note(records);
    return records;
  }

  private void note(ConsumerRecords<byte[], byte[]> records) {
    Set<TopicPartition> paused = paused();
    Set<TopicPartition> ended = new HashSet<>();
    for (TopicPartition partition : assignment()) {
      // A paused partition still has records in the flow's own buffer.
      if (!paused.contains(partition)
          && records.records(partition).isEmpty()
          && currentLag(partition).orElse(1) == 0) {
        ended.add(partition);
      }
    }
    noted.removeAll(ended);
    forget();
    caughtUp.addAll(ended);
    noted.addAll(ended);
  }

  private void forget() {
    caughtUp.removeAll(noted);
    noted.clear();
  }

  @Override
  public void close() {
    forget();
    super.close();
  }

  @Override
  public void close(CloseOptions options) {
    forget();
    super.close(options);
  }
}
