package io.millrace.kafka.log;

import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicLimits;
import io.millrace.kafka.topic.TopicSerdes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes deliveries to their topic, acknowledged by every in-sync replica and stamped with the time
 * of receipt. The key decides which deliveries share a partition: it is the source, or the delivery
 * id if the source spreads. It gives up within seconds, so that the sender can be asked to retry.
 */
public final class KafkaDeliveryLog implements DeliveryLog, AutoCloseable {
  private final Topic<Delivery> topic;
  private final Producer<String, Delivery> producer;
  private final TopicProbe probe;
  private final Predicate<String> spreads;

  /**
   * Opens the log.
   *
   * @param spreads whether the deliveries of a source, by its name, go to all partitions; called
   *     for each delivery, by many threads
   */
  public KafkaDeliveryLog(
      KafkaSettings kafka, TopicSerdes serdes, Topic<Delivery> topic, Predicate<String> spreads) {
    this.topic = topic;
    this.spreads = spreads;
    Serde<Delivery> values = serdes.values(topic);
    this.producer =
        new KafkaProducer<>(
            kafka.with(producerProperties()), new StringSerializer(), values.serializer());
    this.probe = new TopicProbe(kafka, topic.name());
  }

  private static Map<String, Object> producerProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("client.id", "millrace-edge");
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    // Batches are small here, and lz4 clears 130 kB for each: 2-5 µs per record, twice the cost of
    // snappy.
    properties.put("compression.type", "snappy");
    // One request at a time per broker, and each takes all that arrived meanwhile: at a low rate
    // there is no wait, and at a high rate batches grow by themselves. A linger of 2 ms would save
    // on the producer's thread what it costs on the threads that are woken more often.
    properties.put("linger.ms", 0);
    properties.put("max.in.flight.requests.per.connection", 1);
    properties.put("batch.size", 64 * 1024);
    properties.put("max.request.size", TopicLimits.MAX_REQUEST_BYTES);
    properties.put("max.block.ms", 5_000);
    properties.put("request.timeout.ms", 3_000);
    properties.put("delivery.timeout.ms", 8_000);
    properties.put("reconnect.backoff.max.ms", 500);
    return properties;
  }

  /**
   * Appends a delivery. Refuses it immediately while the cluster is known to be unavailable. If
   * that is not known yet, or the buffer is full, the caller waits up to 5 s.
   */
  @Override
  public CompletionStage<Void> append(Delivery delivery) {
    return append(delivery, Optional.empty());
  }

  /**
   * Appends a replay to the partition of the delivery it repeats, even if its source now spreads:
   * the two are distinguished by their positions in one partition.
   *
   * @param partition the partition of the delivery
   */
  public CompletionStage<Void> appendTo(int partition, Delivery replay) {
    return append(replay, Optional.of(partition));
  }

  private CompletionStage<Void> append(Delivery delivery, Optional<Integer> partition) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    if (probe.isAway()) {
      stored.completeExceptionally(new TimeoutException("Kafka is unreachable"));
      return stored;
    }
    ProducerRecord<String, Delivery> record =
        new ProducerRecord<>(
            topic.name(),
            partition.orElse(null),
            delivery.getReceivedAt().toEpochMilli(),
            key(delivery),
            delivery);
    try {
      // The callback reports the result; the future is not needed.
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  stored.complete(null);
                } else {
                  fail(stored, failure);
                }
              });
    } catch (RuntimeException failure) {
      // From the serializer: the registry was never reached, or does not have the schema.
      fail(stored, failure);
    }
    return stored;
  }

  /**
   * The partition of all deliveries of a source that does not spread.
   *
   * @param partitions the number of partitions of the topic
   */
  public static int partitionOf(String source, int partitions) {
    return BuiltInPartitioner.partitionForKey(source.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /**
   * Derived from the delivery alone, so that it is the same for every edge and attempt: a spooled
   * delivery that had already been written goes to the same partition again.
   */
  private String key(Delivery delivery) {
    return spreads.test(delivery.getSource()) ? delivery.getDeliveryId() : delivery.getSource();
  }

  private void fail(CompletableFuture<Void> stored, Exception failure) {
    // A delivery that is too large is no sign of a problem with the cluster.
    if (!(failure instanceof RecordTooLargeException)) {
      probe.doubt();
    }
    stored.completeExceptionally(failure);
  }

  @Override
  public boolean isReady() {
    return probe.isReady();
  }

  /** Waits for pending appends. */
  @Override
  public void close() {
    producer.close();
    probe.close();
  }
}
