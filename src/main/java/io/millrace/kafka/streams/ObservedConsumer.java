package io.millrace.kafka.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reports after each poll which of its partitions have been read to the end. */
final class ObservedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final CaughtUpConsumers consumers;
  private final ReadPartitions read;

  ObservedConsumer(Map<String, Object> config, CaughtUpConsumers consumers) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.consumers = consumers;
    this.read = new ReadPartitions(consumers);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    read.note(this, records);
    return records;
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    super.seek(partition, offset);
    read.moved(partition);
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata place) {
    super.seek(partition, place);
    read.moved(partition);
  }

  /** How Kafka Streams commits without transactions. */
  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    super.commitSync(offsets);
    consumers.processed(offsets);
  }

  @Override
  public void close() {
    read.forget();
    super.close();
  }

  @Override
  public void close(CloseOptions options) {
    read.forget();
    super.close(consumers.closing(options));
  }
}
