package io.millrace.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Asks the cluster where topics begin and end, how far groups have read, and what is kept. */
public final class TopicOffsets implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private static final long UNLIMITED = -1;

  private final Admin admin;

  public TopicOffsets(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.with(Map.of()));
  }

  /** Whether there is such a topic. */
  public boolean exists(String topic) {
    return await(admin.listTopics().names()).contains(topic);
  }

  /** The first offset of each partition that is kept. */
  public Map<Integer, Long> beginnings(String topic) {
    return offsets(topic, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** One past the last offset of each partition, committed or not. */
  public Map<Integer, Long> ends(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** One past the last offset of each partition a reader of committed records comes to. */
  public Map<Integer, Long> committedEnds(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /** The next offset a group would read of each partition; none for those it never committed. */
  public Map<Integer, Long> read(String group, String topic) {
    Map<Integer, Long> read = new TreeMap<>();
    await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, place) -> {
              if (partition.topic().equals(topic) && place != null) {
                read.put(partition.partition(), place.offset());
              }
            });
    return read;
  }

  /**
   * How many records of each partition a group has still to read: of topics that are not written in
   * transactions, whose markers nobody reads.
   */
  public Map<Integer, Long> left(String group, String topic) {
    Map<Integer, Long> read = read(group, topic);
    Map<Integer, Long> beginnings = beginnings(topic);
    Map<Integer, Long> left = new TreeMap<>();
    ends(topic)
        .forEach(
            (partition, end) -> {
              long begin = beginnings.getOrDefault(partition, 0L);
              long place = Math.max(begin, read.getOrDefault(partition, 0L));
              left.put(partition, Math.max(0, end - place));
            });
    return left;
  }

  /**
   * How long a topic keeps its records at least; empty where that depends on their size.
   *
   * @return a duration so long that nothing is older where nothing ever expires
   */
  public Optional<Duration> retention(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        await(admin.describeConfigs(List.of(resource)).all()).getOrDefault(resource, none());
    if (value(config, "retention.bytes") != UNLIMITED) {
      return Optional.empty();
    }
    long kept = value(config, "retention.ms");
    return Optional.of(kept == UNLIMITED ? Duration.ofDays(36_500) : Duration.ofMillis(kept));
  }

  private static Config none() {
    return new Config(List.of());
  }

  private static long value(Config config, String name) {
    return Optional.ofNullable(config.get(name))
        .map(entry -> Long.parseLong(entry.value()))
        .orElse(UNLIMITED);
  }

  private Map<Integer, Long> offsets(String topic, OffsetSpec spec, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription found :
        await(admin.describeTopics(List.of(topic)).allTopicNames()).values()) {
      found
          .partitions()
          .forEach(info -> wanted.put(new TopicPartition(topic, info.partition()), spec));
    }
    Map<Integer, Long> offsets = new TreeMap<>();
    await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new ProvisioningException(
          "the Kafka cluster did not answer within %d s".formatted(PATIENCE_SECONDS), late);
    } catch (ExecutionException failure) {
      throw new ProvisioningException(
          "the Kafka cluster did not say where its topics stand: " + failure.getMessage(), failure);
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
