package io.millrace.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads single records by where they stand. Not safe for several threads. */
public final class RecordLookup<V extends SpecificRecord> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Topic<V> topic;
  private final TopicSerdes serdes;
  private final Consumer<String, byte[]> consumer;

  public RecordLookup(KafkaSettings kafka, TopicSerdes serdes, Topic<V> topic) {
    this.topic = topic;
    this.serdes = serdes;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(
            kafka.with(settings), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** The record at an offset; empty if it is kept no longer, or never was there. */
  public Optional<V> at(int partition, long offset) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    consumer.assign(List.of(place));
    if (offset >= consumer.endOffsets(List.of(place)).getOrDefault(place, 0L)) {
      return Optional.empty();
    }
    consumer.seek(place, offset);
    try {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
        return record.offset() == offset && record.value() != null
            ? Optional.of(
                serdes
                    .values(topic)
                    .deserializer()
                    .deserialize(topic.name(), record.headers(), record.value()))
            : Optional.empty();
      }
    } catch (OffsetOutOfRangeException deleted) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
