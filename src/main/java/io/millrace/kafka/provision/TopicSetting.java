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

  Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("cleanup.policy", cleanup);
    config.put("max.message.bytes", Integer.toString(maxMessageBytes));
    String kept = Long.toString(retention.toMillis());
    config.put(cleanup.equals("compact") ? "delete.retention.ms" : "retention.ms", kept);
    return config;
  }
}
