package io.millrace.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the cluster how far consumer groups have come. */
public final class GroupLag implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  /** A committed transaction ends in a marker, which no group ever commits to have read. */
  private static final long MARKER = 1;

  private final Admin admin;

  public GroupLag(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.with(Map.of()));
  }

  /**
   * The partitions of one topic a group has not read to the end, in words; empty when it has read
   * all that is committed.
   *
   * @throws ProvisioningException when the cluster does not answer
   */
  public List<String> behind(String group, String topic) {
    Map<TopicPartition, OffsetAndMetadata> read =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    List<String> behind = new ArrayList<>();
    ends(topic)
        .forEach(
            (partition, end) -> {
              OffsetAndMetadata place = read.get(partition);
              long left = end.offset() - (place == null ? 0 : place.offset());
              if (left > MARKER) {
                behind.add("%s has %d of %s to read".formatted(group, left, partition));
              }
            });
    return behind;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(String topic) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription found :
        await(admin.describeTopics(List.of(topic)).allTopicNames()).values()) {
      found
          .partitions()
          .forEach(
              info -> wanted.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
    }
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    return await(admin.listOffsets(wanted, committed).all());
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new ProvisioningException(
          "the Kafka cluster did not say how far its readers are: " + failure.getMessage(),
          failure);
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
