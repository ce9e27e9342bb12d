package io.millrace.kafka.read;

import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Asks the cluster where topics begin and end, how far groups have read, and how long records are
 * kept.
 */
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

  /** The first available offset of each partition. */
  public Map<Integer, Long> beginnings(String topic) {
    return offsets(topic, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** One past the last offset of each partition, committed or not. */
  public Map<Integer, Long> ends(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** One past the last offset of each partition that a reader of committed records reaches. */
  public Map<Integer, Long> committedEnds(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /**
   * The next offset that a group would read in each partition; none for those it never committed.
   */
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

  /** The next available offset that a group has to read in each partition. */
  Map<Integer, Long> next(String group, String topic) {
    Map<Integer, Long> read = read(group, topic);
    Map<Integer, Long> next = beginnings(topic);
    next.replaceAll((partition, begin) -> Math.max(begin, read.getOrDefault(partition, 0L)));
    return next;
  }

  /**
   * The number of records of each partition that a group still has to read, for topics that are not
   * written in transactions, whose markers are never read.
   */
  public Map<Integer, Long> left(String group, String topic) {
    return left(next(group, topic), ends(topic));
  }

  /**
   * The number of offsets of each partition that a group has not read, including transaction
   * markers.
   *
   * @param ends one past the last offset that counts, by partition
   */
  public Map<Integer, Long> left(String group, String topic, Map<Integer, Long> ends) {
    return left(next(group, topic), ends);
  }

  /** Whether a group has read all records before some ends, which may be transaction markers. */
  public boolean hasRead(String group, String topic, Map<Integer, Long> ends) {
    Map<Integer, Long> read = read(group, topic);
    boolean isRead =
        ends.entrySet().stream()
            .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    // A group has no offsets for partitions whose records expired before it came.
    return isRead || left(group, topic, ends).values().stream().allMatch(count -> count == 0);
  }

  private static Map<Integer, Long> left(Map<Integer, Long> next, Map<Integer, Long> ends) {
    Map<Integer, Long> left = new TreeMap<>();
    ends.forEach(
        (partition, end) ->
            left.put(partition, Math.max(0, end - next.getOrDefault(partition, 0L))));
    return left;
  }

  /** The timestamp of the oldest record of a topic; empty if it has none. */
  public Optional<Instant> oldest(String topic) {
    return firsts(topic, OffsetSpec.forTimestamp(0), IsolationLevel.READ_COMMITTED)
        .values()
        .stream()
        .map(ListOffsetsResultInfo::timestamp)
        .filter(timestamp -> timestamp >= 0)
        .min(Comparator.naturalOrder())
        .map(Instant::ofEpochMilli);
  }

  /**
   * The minimum time that a topic keeps its records; empty if that depends on their size.
   *
   * @return if nothing ever expires, a duration longer than the age of any record
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
    Map<Integer, Long> offsets = new TreeMap<>();
    firsts(topic, spec, isolation)
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private Map<Integer, ListOffsetsResultInfo> firsts(
      String topic, OffsetSpec spec, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription found :
        ANSWERS.await(admin.describeTopics(List.of(topic)).allTopicNames()).values()) {
      found
          .partitions()
          .forEach(info -> wanted.put(new TopicPartition(topic, info.partition()), spec));
    }
    Map<Integer, ListOffsetsResultInfo> firsts = new TreeMap<>();
    ANSWERS
        .await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> firsts.put(partition.partition(), found));
    return firsts;
  }

  @Override
  public void close() {
    admin.close();
  }
}
