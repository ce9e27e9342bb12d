package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes small values. Most are repeated soon, so that a failed write is only logged.
 *
 * @param <V> the value type of the topic
 */
public final class TopicWriter<V extends SpecificRecord> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWriter.class);

  private final Topic<V> topic;
  private final Producer<String, V> producer;

  public TopicWriter(KafkaSettings kafka, TopicSerdes serdes, Topic<V> topic, String clientId) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    "client.id",
                    clientId,
                    "acks",
                    "all",
                    "enable.idempotence",
                    true,
                    "max.block.ms",
                    2_000,
                    "request.timeout.ms",
                    3_000,
                    "delivery.timeout.ms",
                    6_000)),
            new StringSerializer(),
            serdes.values(topic).serializer());
  }

  /** Writes a value, or a tombstone. */
  public void write(String key, @Nullable V value) {
    try {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic.name(), key, value),
              (place, failure) -> {
                if (failure != null) {
                  LOG.warn("{} was not written: {}", topic.name(), failure.toString());
                }
              });
    } catch (RuntimeException failure) {
      // The registry or the cluster is unreachable.
      LOG.warn("{} was not written: {}", topic.name(), failure.toString());
    }
  }

  /**
   * Writes a value and waits until every in-sync replica has it.
   *
   * @return its place
   * @throws KafkaException when it was not acknowledged within six seconds; it may have been
   *     written all the same
   */
  public RecordMetadata writeNow(String key, V value) {
    try {
      return producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
    } catch (ExecutionException failure) {
      throw new KafkaException(
          "%s was not written: %s".formatted(topic.name(), failure.getCause()), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptException(stopped);
    }
  }

  /** Waits until all writes have succeeded or failed. */
  public void flush() {
    producer.flush();
  }

  /** Waits for pending writes. */
  @Override
  public void close() {
    producer.close();
  }
}
