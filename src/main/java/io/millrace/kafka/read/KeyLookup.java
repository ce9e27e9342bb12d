package io.millrace.kafka.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads only the partitions in which the keys are, and decodes only their values. It still takes a
 * pass over those partitions: about a second for a million small rows. Not thread-safe.
 */
public final class KeyLookup implements KeyedRecords {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Without any progress. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TopicSerdes serdes;
  private final CommittedReader<byte[]> reader;

  public KeyLookup(KafkaSettings kafka, TopicSerdes serdes) {
    this.serdes = serdes;
    this.reader = new CommittedReader<>(kafka, new ByteArrayDeserializer());
  }

  @Override
  public <V extends SpecificRecord> void ofKeys(
      Topic<V> topic, Collection<String> keys, BiConsumer<String, Optional<V>> sink) {
    int count = partitions(topic);
    Set<Integer> partitions = new HashSet<>();
    keys.forEach(key -> partitions.add(partitionOf(key, count)));
    Set<String> wanted = Set.copyOf(keys);
    partitions.stream().sorted().forEach(each -> pass(topic, each, wanted::contains, sink));
  }

  @Override
  public <V extends SpecificRecord> void where(
      Topic<V> topic, Predicate<String> keys, BiConsumer<String, Optional<V>> sink) {
    int count = partitions(topic);
    for (int partition = 0; partition < count; partition++) {
      pass(topic, partition, keys, sink);
    }
  }

  private int partitions(Topic<?> topic) {
    int count = reader.partitions(topic.name()).size();
    if (count == 0) {
      throw new KafkaException("there is no topic " + topic.name());
    }
    return count;
  }

  /** As producers choose it, and Kafka Streams does. */
  private static int partitionOf(String key, int partitions) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions);
  }

  private <V extends SpecificRecord> void pass(
      Topic<V> topic, int partition, Predicate<String> keys, BiConsumer<String, Optional<V>> sink) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    Deserializer<V> values = serdes.values(topic).deserializer();
    // What a compacted topic no longer has is skipped: the reader starts at the earliest record.
    reader.seekTo(place, 0);
    Map<TopicPartition, Long> ends = reader.ends(List.of(place));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (reader.isBefore(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        if (keys.test(key)) {
          sink.accept(
              key,
              Optional.ofNullable(record.value())
                  .map(bytes -> values.deserialize(topic.name(), record.headers(), bytes)));
        }
      }
      if (System.nanoTime() > deadline) {
        throw new ProvisioningException(
            "%s-%d could not be read to its end: nothing came for %d s"
                .formatted(topic.name(), partition, PATIENCE.toSeconds()),
            new IllegalStateException("the cluster is slow"));
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
