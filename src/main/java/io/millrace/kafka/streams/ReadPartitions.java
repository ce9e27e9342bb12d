package io.millrace.kafka.streams;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Which partitions one consumer of the flow has read to their end, as its last poll found. */
final class ReadPartitions {
  private final CaughtUpConsumers all;

  /** Those this consumer has noted; the set of all is shared with other consumers. */
  private final Set<TopicPartition> noted = new HashSet<>();

  /** Where the flow is once it has processed what this consumer has handed it. */
  private final Map<TopicPartition, Long> handedOut = new HashMap<>();

  ReadPartitions(CaughtUpConsumers all) {
    this.all = all;
  }

  /** To be called after each poll with what it returned. */
  void note(Consumer<?, ?> consumer, ConsumerRecords<?, ?> records) {
    Set<TopicPartition> assigned = consumer.assignment();
    Set<TopicPartition> paused = consumer.paused();
    handedOut.keySet().retainAll(assigned);
    for (TopicPartition partition : records.partitions()) {
      handedOut.put(partition, records.records(partition).getLast().offset() + 1);
    }
    Set<TopicPartition> ended = new HashSet<>();
    for (TopicPartition partition : assigned) {
      // What was handed out may still lie in the flow's own buffer; then it is no idle partition. A
      // task buffers until it knows of every topic it reads whether more is to come.
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

  /** To be called before the consumer is closed. */
  void forget() {
    all.remove(noted);
    noted.clear();
  }
}
