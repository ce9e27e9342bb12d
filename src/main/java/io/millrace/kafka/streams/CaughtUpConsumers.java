package io.millrace.kafka.streams;

import io.millrace.flow.step.CaughtUp;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig.InternalConfig;

/**
 * The clients of Kafka Streams; those that read for the flow tell which partitions they have read
 * to their end. Nothing else in Kafka Streams can tell an idle partition from one with a backlog.
 */
public final class CaughtUpConsumers implements KafkaClientSupplier, CaughtUp {
  /** The setting by which a consumer that Kafka Streams makes itself finds its way here. */
  static final String SETTING = "millrace.caught.up";

  private final Set<TopicPartition> caughtUp = ConcurrentHashMap.newKeySet();

  /** How far the flow has come in what it reads, as it committed last. */
  private final Map<TopicPartition, Long> processed = new ConcurrentHashMap<>();

  /** Stream threads that died of an exception and are about to close their consumers. */
  private final Set<Thread> dying = ConcurrentHashMap.newKeySet();

  @Override
  public boolean isCaughtUp(String topic, int partition) {
    return caughtUp.contains(new TopicPartition(topic, partition));
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new ObservedConsumer(config, this);
  }

  /** What Kafka Streams needs to be told so that its consumers come here. */
  Map<String, Object> settings() {
    return Map.of(
        "main.consumer." + SETTING,
        this,
        "main.consumer." + InternalConfig.INTERNAL_CONSUMER_WRAPPER,
        ObservedGroupConsumer.class);
  }

  void add(Set<TopicPartition> read) {
    caughtUp.addAll(read);
  }

  void remove(Set<TopicPartition> unread) {
    caughtUp.removeAll(unread);
  }

  /** To be called with what the flow has committed to have read. */
  void processed(Map<TopicPartition, OffsetAndMetadata> committed) {
    committed.forEach((partition, place) -> processed.put(partition, place.offset()));
  }

  /** The offset after the last record that is processed and committed; 0 where nothing is known. */
  long processedUpTo(TopicPartition partition) {
    return processed.getOrDefault(partition, 0L);
  }

  /** To be called on a stream thread that dies of an exception. */
  void threadDies() {
    dying.add(Thread.currentThread());
  }

  /**
   * How a consumer is to be closed on this thread. A thread that dies is replaced by one with
   * another name, while Kafka Streams would keep its place in the group for it: its partitions
   * would stand still until the session ends.
   */
  CloseOptions closing(CloseOptions asked) {
    if (!dying.remove(Thread.currentThread())) {
      return asked;
    }
    CloseOptions leaving =
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    return asked.timeout().map(leaving::withTimeout).orElse(leaving);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new ObservedProducer(config, this);
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }
}
