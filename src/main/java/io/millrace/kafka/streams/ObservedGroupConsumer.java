package io.millrace.kafka.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.internals.ConsumerWrapper;

/**
 * The same for the group protocol of Kafka Streams (KIP-1071): there Kafka Streams creates the
 * consumer itself, whatever the client supplier, and passes it only to a wrapper of this kind
 * (StreamThread.maybeWrapConsumer in 4.3). Instantiated by name; a setting connects it with the
 * flow.
 */
public final class ObservedGroupConsumer extends ConsumerWrapper {
  private Optional<CaughtUpConsumers> consumers = Optional.empty();
  private Optional<ReadPartitions> read = Optional.empty();

  @Override
  public void wrapConsumer(
      AsyncKafkaConsumer<byte[], byte[]> consumer,
      Map<String, Object> config,
      Optional<StreamsRebalanceData> group) {
    super.wrapConsumer(consumer, config, group);
    if (config.get(CaughtUpConsumers.SETTING) instanceof CaughtUpConsumers given) {
      consumers = Optional.of(given);
      read = Optional.of(new ReadPartitions(given));
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    read.ifPresent(partitions -> partitions.note(this, records));
    return records;
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    super.seek(partition, offset);
    read.ifPresent(partitions -> partitions.moved(partition));
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata place) {
    super.seek(partition, place);
    read.ifPresent(partitions -> partitions.moved(partition));
  }

  /** How Kafka Streams commits without transactions. */
  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    super.commitSync(offsets);
    consumers.ifPresent(all -> all.processed(offsets));
  }

  @Override
  public void close() {
    read.ifPresent(ReadPartitions::forget);
    super.close();
  }

  @Override
  public void close(CloseOptions options) {
    read.ifPresent(ReadPartitions::forget);
    super.close(options);
  }
}
