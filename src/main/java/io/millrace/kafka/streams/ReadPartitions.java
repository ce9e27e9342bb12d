package io.millrace.kafka.streams;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Which partitions of one consumer of the flow were read to the end at its last poll. */
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
    Map<TopicPartition, Boolean> read = new HashMap<>();
    for (TopicPartition partition : assigned) {
      // Returned records may still be in the flow's own buffer; then the partition is not idle. A
      // task buffers until it knows for every topic it reads whether more will come.
      read.put(
          partition,
          !paused.contains(partition)
              && records.records(partition).isEmpty()
              && handedOut.getOrDefault(partition, 0L) <= all.processedUpTo(partition)
              && consumer.currentLag(partition).orElse(1) == 0);
    }
    noted.removeAll(read.keySet());
    forget();
    all.note(read);
    noted.addAll(read.keySet());
  }

  /**
   * Must be called when the position of a partition is set: a task continues where the group has
   * committed. Whether a commit whose answer was lost has succeeded is known only then, so what was
   * returned before no longer counts.
   */
  void moved(TopicPartition partition) {
    handedOut.remove(partition);
  }

  /** Must be called before the consumer is closed. */
  void forget() {
    all.forget(noted);
    noted.clear();
  }
}
