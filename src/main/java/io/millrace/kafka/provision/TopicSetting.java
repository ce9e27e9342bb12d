package io.millrace.kafka.provision;

import io.millrace.kafka.topic.PublishedSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of {@code topology/topics.yaml}.
 *
 * @param name its name
 * @param value the record type of its values: a file of schemas/
 * @param key the meaning of its record keys, in words
 * @param owner who writes it
 * @param readers who reads it
 * @param partitions its number of partitions, which never changes
 * @param cleanup delete or compact
 * @param retention how long records are kept; in a compacted topic, how long tombstones are kept
 * @param maxCompactionLag in a compacted topic, how long values remain after a newer one of their
 *     key
 * @param segment how long a segment of the log is written; nothing is removed from it before
 * @param compatibility the registry's rule for new versions of its schema
 * @param maxMessageBytes the largest record it accepts
 */
public record TopicSetting(
    String name,
    Class<? extends SpecificRecord> value,
    String key,
    String owner,
    List<String> readers,
    int partitions,
    String cleanup,
    Duration retention,
    Duration maxCompactionLag,
    Duration segment,
    String compatibility,
    int maxMessageBytes) {
  public TopicSetting {
    readers = List.copyOf(readers);
  }

  /** The schema of its values, as registered. */
  public Schema schema() {
    return PublishedSchema.of(value);
  }

  /** The name its schema is registered under. */
  public String subject() {
    return name + "-value";
  }

  /** Whether the last value of each key is kept for good. */
  public boolean isCompacted() {
    return cleanup.equals("compact");
  }

  /**
   * The longest time for which Kafka keeps a value that nothing needs any more: one that has
   * expired, or whose key has a newer value.
   */
  public Duration longestKept() {
    return (isCompacted() ? maxCompactionLag : retention).plus(segment);
  }

  Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("cleanup.policy", cleanup);
    config.put("max.message.bytes", Integer.toString(maxMessageBytes));
    config.put("segment.ms", Long.toString(segment.toMillis()));
    String kept = Long.toString(retention.toMillis());
    if (isCompacted()) {
      config.put("delete.retention.ms", kept);
      config.put("max.compaction.lag.ms", Long.toString(maxCompactionLag.toMillis()));
    } else {
      config.put("retention.ms", kept);
    }
    return config;
  }
}
