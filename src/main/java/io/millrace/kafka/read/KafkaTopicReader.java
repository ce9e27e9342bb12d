package io.millrace.kafka.read;

import io.millrace.kafka.format.ForeignRecords;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topics of a cluster, each with its own consumer. Not thread-safe. */
public final class KafkaTopicReader implements TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings kafka;
  private final TopicSerdes serdes;
  private final Optional<Instant> start;
  private final Map<String, CommittedReader<String>> readers = new HashMap<>();

  /** Starts at the beginning of every topic. */
  public KafkaTopicReader(KafkaSettings kafka, TopicSerdes serdes) {
    this(kafka, serdes, Optional.empty());
  }

  /**
   * Starts at the first record that is not older than a time.
   *
   * @param start by the records' own timestamps; the beginning if empty
   */
  public KafkaTopicReader(KafkaSettings kafka, TopicSerdes serdes, Optional<Instant> start) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.start = start;
  }

  @Override
  public <V extends SpecificRecord> void read(Topic<V> topic, Sink<V> sink) {
    CommittedReader<String> reader = readers.computeIfAbsent(topic.name(), this::atTheStart);
    Map<TopicPartition, Long> ends = reader.ends();
    Deserializer<V> values = serdes.values(topic).deserializer();
    while (reader.isBefore(ends)) {
      for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
        hand(record, values, sink);
      }
    }
  }

  private static <V> void hand(
      ConsumerRecord<String, byte[]> record, Deserializer<V> values, Sink<V> sink) {
    byte[] bytes = record.value();
    Optional<V> value;
    try {
      value =
          bytes == null
              ? Optional.empty()
              : Optional.of(values.deserialize(record.topic(), record.headers(), bytes));
    } catch (RuntimeException failure) {
      if (ForeignRecords.isOurs(bytes)) {
        throw new SerializationException(
            "The record at offset %d of %s-%d could not be decoded: %s"
                .formatted(
                    record.offset(), record.topic(), record.partition(), failure.getMessage()),
            failure);
      }
      sink.foreign(record.partition(), record.offset());
      return;
    }
    sink.take(record.key(), value, record.partition(), record.offset());
  }

  private CommittedReader<String> atTheStart(String topic) {
    CommittedReader<String> reader = new CommittedReader<>(kafka, new StringDeserializer());
    reader.seekToBeginning(topic);
    start.ifPresent(reader::seekTo);
    return reader;
  }

  @Override
  public void close() {
    readers.values().forEach(CommittedReader::close);
    readers.clear();
  }
}
