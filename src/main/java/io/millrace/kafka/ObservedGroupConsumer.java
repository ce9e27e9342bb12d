package io.millrace.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.streams.internals.ConsumerWrapper;

/**
 * The same for the group protocol of Kafka Streams (KIP-1071): there Kafka Streams makes the
 * consumer itself, whatever supplier it is handed, and lets only a wrapper of this kind see it
 * (StreamThread.maybeWrapConsumer in 4.3). Created by its name; the flow is told to it by a
 * setting.
 */
public final class ObservedGroupConsumer extends ConsumerWrapper {
  private Optional<ReadPartitions> read = Optional.empty();

  @Override
  public void wrapConsumer(
      AsyncKafkaConsumer<byte[], byte[]> consumer,
      Map<String, Object> config,
      Optional<StreamsRebalanceData> group) {
    super.wrapConsumer(consumer, config, group);
    if (config.get(CaughtUpConsumers.SETTING) instanceof CaughtUpConsumers consumers) {
      read = Optional.of(new ReadPartitions(consumers));
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    read.ifPresent(partitions -> partitions.note(this, records));
    return records;
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
