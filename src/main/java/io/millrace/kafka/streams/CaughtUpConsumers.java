package io.millrace.kafka.streams;

import io.millrace.flow.step.CaughtUp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig.InternalConfig;

/**
 * Creates the clients of Kafka Streams; the consumers report which partitions they have read to the
 * end. Nothing else in Kafka Streams distinguishes an idle partition from one with a backlog.
 */
public final class CaughtUpConsumers implements KafkaClientSupplier, CaughtUp {
  /** The setting that connects a consumer created by Kafka Streams itself with this object. */
  static final String SETTING = "millrace.caught.up";

  /** The assigned partitions, and whether they were read to the end at the last poll. */
  private final Map<TopicPartition, Boolean> read = new ConcurrentHashMap<>();

  /** How far the flow has read, as it committed last. */
  private final Map<TopicPartition, Long> processed = new ConcurrentHashMap<>();

  /** Stream threads that failed with an exception and are about to close their consumers. */
  private final Set<Thread> dying = ConcurrentHashMap.newKeySet();

  private final Time time;

  private volatile long normalizedThrough = UNKNOWN;

  /** All partitions of a task belong to one consumer, so one it does not know does not exist. */
  public CaughtUpConsumers() {
    this.time = SteadyTime.ofSystem();
  }

  /**
   * With another clock for the flow than the system's.
   *
   * @param wall milliseconds since the epoch
   */
  public CaughtUpConsumers(LongSupplier wall) {
    this.time = new SteadyTime(wall);
  }

  @Override
  public boolean isCaughtUp(List<String> topics, int partition) {
    boolean isAssigned = false;
    for (String topic : topics) {
      Boolean isRead = read.get(new TopicPartition(topic, partition));
      if (isRead != null) {
        if (!isRead) {
          return false;
        }
        isAssigned = true;
      }
    }
    return isAssigned;
  }

  @Override
  public long normalizedThrough() {
    return normalizedThrough;
  }

  /** The clock of all roles and of what they are compared with. */
  Time time() {
    return time;
  }

  /** The time by that clock, milliseconds since the epoch. */
  public long currentTimeMs() {
    return time.milliseconds();
  }

  /** Sets the moment up to which deliveries are normalized, or that it is not known. */
  public void normalizedThrough(long moment) {
    normalizedThrough = moment;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new ObservedConsumer(config, this);
  }

  /** The settings that make Kafka Streams connect its consumers with this object. */
  Map<String, Object> settings() {
    return Map.of(
        "main.consumer." + SETTING,
        this,
        "main.consumer." + InternalConfig.INTERNAL_CONSUMER_WRAPPER,
        ObservedGroupConsumer.class);
  }

  /** Notes partitions of a consumer, and whether they are read. */
  void note(Map<TopicPartition, Boolean> partitions) {
    read.putAll(partitions);
  }

  /** Forgets partitions that a consumer no longer has. */
  void forget(Set<TopicPartition> partitions) {
    read.keySet().removeAll(partitions);
  }

  /** Must be called with the offsets that the flow has committed. */
  void processed(Map<TopicPartition, OffsetAndMetadata> committed) {
    committed.forEach((partition, place) -> processed.put(partition, place.offset()));
  }

  /** The offset after the last record that is processed and committed; 0 if unknown. */
  long processedUpTo(TopicPartition partition) {
    return processed.getOrDefault(partition, 0L);
  }

  /** Must be called on a stream thread that fails with an exception. */
  void threadDies() {
    dying.add(Thread.currentThread());
  }

  /**
   * How to close a consumer on this thread. A failed thread is replaced by one with another name,
   * but Kafka Streams would keep its place in the group: its partitions would not be processed
   * until the session expires.
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
    return new ObservedProducer(TransactionalId.keptOverRestarts(config), this);
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }
}
