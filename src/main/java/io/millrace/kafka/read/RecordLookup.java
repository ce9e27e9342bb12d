package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads single records of a cluster. Not thread-safe. */
public final class RecordLookup implements RecordsByPlace, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TopicSerdes serdes;
  private final CommittedReader<byte[]> reader;

  public RecordLookup(KafkaSettings kafka, TopicSerdes serdes) {
    this.serdes = serdes;
    this.reader =
        new CommittedReader<>(
            kafka,
            new ByteArrayDeserializer(),
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1));
  }

  @Override
  public <V extends SpecificRecord> Optional<V> at(Topic<V> topic, int partition, long offset) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    reader.seekTo(place, offset);
    if (offset >= reader.ends(List.of(place)).getOrDefault(place, 0L)) {
      return Optional.empty();
    }
    try {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(PATIENCE)) {
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
    reader.close();
  }
}
