package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The last committed value of each key of a compacted topic, such as the changelog of a store, kept
 * up to date by reading on. Not thread-safe.
 *
 * @param <V> the part that is kept of a value
 */
public final class CompactedTable<V> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String topic;
  private final Function<byte[], V> kept;
  private final CommittedReader<byte[]> reader;
  private final Map<ByteBuffer, V> rows = new HashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param kept extracts the part of a value to keep
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  public CompactedTable(KafkaSettings kafka, String topic, Function<byte[], V> kept) {
    this.topic = topic;
    this.kept = kept;
    this.reader = new CommittedReader<>(kafka, new ByteArrayDeserializer());
    reader.seekToBeginning(topic);
  }

  /**
   * The kept part of each key's last value, including everything before the given offsets.
   *
   * @param ends by partition
   * @throws ProvisioningException when part of it stays uncommitted or does not arrive for ten
   *     seconds
   */
  public Collection<V> upTo(Map<Integer, Long> ends) {
    Map<TopicPartition, Long> places = new HashMap<>();
    ends.forEach((partition, end) -> places.put(new TopicPartition(topic, partition), end));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (reader.isBefore(places)) {
      if (System.nanoTime() > deadline) {
        throw new ProvisioningException(
            "%s could not be read to its end within %d s".formatted(topic, PATIENCE.toSeconds()),
            new IllegalStateException("a transaction is open, or the cluster is slow"));
      }
      reader.poll(POLL).forEach(this::keep);
    }
    return List.copyOf(rows.values());
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    ByteBuffer key = ByteBuffer.wrap(record.key());
    byte[] value = record.value();
    if (value == null) {
      rows.remove(key);
    } else {
      rows.put(key, kept.apply(value));
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
