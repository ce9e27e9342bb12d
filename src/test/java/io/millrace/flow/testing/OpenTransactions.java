package io.millrace.flow.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TransactionListing;
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

  private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();

  private OpenTransactions() {}

  /**
   * One for each stream thread of the normalize role that has run under this prefix, and one for a
   * thread that had replaced the first.
   */
  static OpenTransactions of(FlowCluster cluster, String prefix) throws Exception {
    OpenTransactions open = new OpenTransactions();
    String group = prefix + "-normalize";
    Map<TopicPartition, OffsetAndMetadata> offsets =
        cluster.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group).get();
    List<String> ids =
        cluster.admin().listTransactions().all().get().stream()
            .map(TransactionListing::transactionalId)
            .filter(id -> id.startsWith(group + "-") && id.endsWith("1"))
            .toList();
    for (String id : ids) {
      open.add(cluster, id, group, offsets);
    }
    open.add(cluster, group + "-1-StreamThread-2", group, offsets);
    return open;
  }

  @SuppressWarnings("removal") // Only the stream threads themselves are members of the group.
  private void add(
      FlowCluster cluster, String id, String group, Map<TopicPartition, OffsetAndMetadata> offsets)
      throws Exception {
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

  /** How many of threads that were not replaced. */
  int count() {
    return producers.size() - 1;
  }

  @Override
  public void close() {
    // The role has ended the transactions by now: there is nothing left to wait for.
    producers.forEach(producer -> producer.close(Duration.ZERO));
  }
}
