package io.millrace.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the cluster where topics end and how far groups have read. */
public final class FlowOffsets implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Admin admin;
  private final Map<String, List<TopicPartition>> partitions = new HashMap<>();

  public FlowOffsets(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.with(Map.of()));
  }

  /**
   * The offset after the last record of each partition, whether it is committed or not.
   *
   * @throws ProvisioningException when the cluster does not answer or does not have the topic
   */
  public Map<Integer, Long> ends(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /**
   * The offset before which nothing is undecided, for each partition.
   *
   * @throws ProvisioningException when the cluster does not answer or does not have the topic
   */
  public Map<Integer, Long> committedEnds(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /**
   * The first offset that is kept, for each partition.
   *
   * @throws ProvisioningException when the cluster does not answer or does not have the topic
   */
  public Map<Integer, Long> beginnings(String topic) {
    return offsets(topic, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /**
   * How far a group has read a topic, by partition; partitions it never came to are not there.
   *
   * @throws ProvisioningException when the cluster does not answer
   */
  public Map<Integer, Long> read(String group, String topic) {
    Map<TopicPartition, OffsetAndMetadata> places =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<Integer, Long> read = new HashMap<>();
    places.forEach(
        (partition, place) -> {
          if (partition.topic().equals(topic)) {
            Optional.ofNullable(place)
                .ifPresent(known -> read.put(partition.partition(), known.offset()));
          }
        });
    return read;
  }

  private Map<Integer, Long> offsets(String topic, OffsetSpec which, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions
        .computeIfAbsent(topic, this::partitions)
        .forEach(partition -> wanted.put(partition, which));
    Map<Integer, Long> offsets = new HashMap<>();
    await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  private List<TopicPartition> partitions(String topic) {
    return await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
        .flatMap(found -> found.partitions().stream())
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new ProvisioningException(
          "the Kafka cluster did not say how far the flow is: " + failure.getMessage(), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProvisioningException("interrupted while asking the Kafka cluster", stopped);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
