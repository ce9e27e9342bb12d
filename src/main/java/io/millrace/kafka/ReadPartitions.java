package io.millrace.kafka;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Which partitions one consumer of the flow has read to their end, as its last poll found. */
final class ReadPartitions {
  private final CaughtUpConsumers all;

  /** Those this consumer has noted; the set of all is shared with other consumers. */
  private final Set<TopicPartition> noted = new HashSet<>();

  ReadPartitions(CaughtUpConsumers all) {
    this.all = all;
  }

  /** To be called after each poll with what it returned. */
  void note(Consumer<?, ?> consumer, ConsumerRecords<?, ?> records) {
    Set<TopicPartition> paused = consumer.paused();
    Set<TopicPartition> ended = new HashSet<>();
    for (TopicPartition partition : consumer.assignment()) {
      // A paused partition still has records in the flow's own buffer.
      if (!paused.contains(partition)
          && records.records(partition).isEmpty()
          && consumer.currentLag(partition).orElse(1) == 0) {
        ended.add(partition);
      }
    }
    noted.removeAll(ended);
    forget();
    all.add(ended);
    noted.addAll(ended);
  }

  /** To be called before the consumer is closed. */
  void forget() {
    all.remove(noted);
    noted.clear();
  }
}
