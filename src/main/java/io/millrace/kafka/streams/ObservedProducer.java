package io.millrace.kafka.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reports with each transaction how far the flow has read. */
final class ObservedProducer extends KafkaProducer<byte[], byte[]> {
  private final CaughtUpConsumers consumers;
  private final Map<TopicPartition, OffsetAndMetadata> open = new HashMap<>();

  ObservedProducer(Map<String, Object> config, CaughtUpConsumers consumers) {
    super(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.consumers = consumers;
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    super.sendOffsetsToTransaction(offsets, group);
    open.putAll(offsets);
  }

  @Override
  public void commitTransaction() {
    super.commitTransaction();
    consumers.processed(open);
    open.clear();
  }

  @Override
  public void abortTransaction() {
    open.clear();
    super.abortTransaction();
  }
}
