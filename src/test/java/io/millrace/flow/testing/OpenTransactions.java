package io.millrace.flow.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The transactions that processes left open which were killed while they committed: each holds
 * offsets of its role that are neither committed nor aborted, for longer than any test waits.
 */
final class OpenTransactions implements AutoCloseable {
  private static final Duration LONGER_THAN_ANY_TEST = Duration.ofMinutes(10);

  private static final int THREADS = 2;

  private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();

  private final Map<TopicPartition, OffsetAndMetadata> offsets;

  private OpenTransactions(Map<TopicPartition, OffsetAndMetadata> offsets) {
    this.offsets = Map.copyOf(offsets);
  }

  /** Those of instance 1 of the normalize role: of its thread, and of one that had replaced it. */
  static OpenTransactions of(FlowCluster cluster, String prefix) throws Exception {
    String group = prefix + "-normalize";
    OpenTransactions open =
        new OpenTransactions(
            cluster
                .admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata(group)
                .get());
    for (int thread = 1; thread <= THREADS; thread++) {
      open.add(cluster, "%s-1-StreamThread-%d".formatted(group, thread), group);
    }
    return open;
  }

  /** What each of them would commit. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  @SuppressWarnings("removal") // Only the stream threads themselves are members of the group.
  private void add(FlowCluster cluster, String id, String group) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cluster
                .kafka()
                .with(
                    Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        id,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        (int) LONGER_THAN_ANY_TEST.toMillis())),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producers.add(producer);
    producer.initTransactions();
    producer.beginTransaction();
    producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(group));
  }

  @Override
  public void close() {
    // The role has ended the transactions by now: there is nothing left to wait for.
    producers.forEach(producer -> producer.close(Duration.ZERO));
  }
}
