package io.millrace.kafka.streams;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The partitions that one consumer of the flow has read to the end, as of its last poll. */
final class ReadPartitions {
  private final CaughtUpConsumers all;

  /** The partitions of this consumer; the set of all is shared with other consumers. */
  private final Set<TopicPartition> noted = new HashSet<>();

  /** The flow's position after it has processed everything that this consumer has returned. */
  private final Map<TopicPartition, Long> handedOut = new HashMap<>();

  ReadPartitions(CaughtUpConsumers all) {
    this.all = all;
  }

  /** Must be called after each poll with its result. */
  void note(Consumer<?, ?> consumer, ConsumerRecords<?, ?> records) {
    Set<TopicPartition> assigned = consumer.assignment();
    Set<TopicPartition> paused = consumer.paused();
    handedOut.keySet().retainAll(assigned);
    for (TopicPartition partition : records.partitions()) {
      handedOut.put(partition, records.records(partition).getLast().offset() + 1);
    }
    Set<TopicPartition> ended = new HashSet<>();
    for (TopicPartition partition : assigned) {
      // Returned records may still be in the flow's own buffer; then the partition is not idle. A
      // task buffers until it knows for every topic it reads whether more will come.
      if (!paused.contains(partition)
          && records.records(partition).isEmpty()
          && handedOut.getOrDefault(partition, 0L) <= all.processedUpTo(partition)
          && consumer.currentLag(partition).orElse(1) == 0) {
        ended.add(partition);
      }
    }
    noted.removeAll(ended);
    forget();
    all.add(ended);
    noted.addAll(ended);
  }

  /** Must be called before the consumer is closed. */
  void forget() {
    all.remove(noted);
    noted.clear();
  }
}
