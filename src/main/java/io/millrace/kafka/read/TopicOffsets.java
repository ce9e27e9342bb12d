package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Asks the cluster where topics begin and end, how far groups have read, and what is kept. */
public final class TopicOffsets implements AutoCloseable {
  private static final ClusterAnswers ANSWERS =
      new ClusterAnswers(
          Duration.ofSeconds(10), why -> "the Kafka cluster did not report its offsets: " + why);

  private static final long UNLIMITED = -1;

  private final Admin admin;

  public TopicOffsets(KafkaSettings kafka) {
    this.admin = Admin.create(kafka.with(Map.of()));
  }

  /** Whether there is such a topic. */
  public boolean exists(String topic) {
    return ANSWERS.await(admin.listTopics().names()).contains(topic);
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
    ANSWERS
        .await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, place) -> {
              if (partition.topic().equals(topic) && place != null) {
                read.put(partition.partition(), place.offset());
              }
            });
    return read;
  }

  /** The next offset a group has to read of each partition: none that is kept no longer. */
  Map<Integer, Long> next(String group, String topic) {
    Map<Integer, Long> read = read(group, topic);
    Map<Integer, Long> next = beginnings(topic);
    next.replaceAll((partition, begin) -> Math.max(begin, read.getOrDefault(partition, 0L)));
    return next;
  }

  /**
   * How many records of each partition a group has still to read: of topics that are not written in
   * transactions, whose markers nobody reads.
   */
  public Map<Integer, Long> left(String group, String topic) {
    return left(next(group, topic), ends(topic));
  }

  /**
   * How many offsets of each partition a group has not read, markers of transactions among them.
   *
   * @param ends one past the last offset that counts, by partition
   */
  public Map<Integer, Long> left(String group, String topic, Map<Integer, Long> ends) {
    return left(next(group, topic), ends);
  }

  private static Map<Integer, Long> left(Map<Integer, Long> next, Map<Integer, Long> ends) {
    Map<Integer, Long> left = new TreeMap<>();
    ends.forEach(
        (partition, end) ->
            left.put(partition, Math.max(0, end - next.getOrDefault(partition, 0L))));
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
        ANSWERS
            .await(admin.describeConfigs(List.of(resource)).all())
            .getOrDefault(resource, none());
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
        ANSWERS.await(admin.describeTopics(List.of(topic)).allTopicNames()).values()) {
      found
          .partitions()
          .forEach(info -> wanted.put(new TopicPartition(topic, info.partition()), spec));
    }
    Map<Integer, Long> offsets = new TreeMap<>();
    ANSWERS
        .await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  @Override
  public void close() {
    admin.close();
  }
}
