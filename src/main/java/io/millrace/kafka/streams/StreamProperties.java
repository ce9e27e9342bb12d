package io.millrace.kafka.streams;

import io.millrace.kafka.format.ForeignRecords;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.TopicLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of Kafka Streams for one role, each with the reason why it differs from the default.
 */
public final class StreamProperties {
  private StreamProperties() {}

  static Properties of(String role, KafkaSettings kafka, StreamSettings settings) {
    String member = settings.member();
    Map<String, Object> all = new HashMap<>();
    all.put("application.id", settings.prefix() + "-" + role);
    all.put("client.id", clientId(role, settings));
    all.put("state.dir", settings.stateDirectory().toString());
    all.put("num.stream.threads", settings.threads());
    all.put("processing.guarantee", "exactly_once_v2");
    all.put("commit.interval.ms", settings.commitInterval().toMillis());
    all.put("num.standby.replicas", settings.standbyReplicas());
    all.put("group.protocol", settings.groupProtocol());
    // The default of the next major version; without it, every start logs a warning.
    all.put("processing.exception.handler.global.enabled", true);
    all.put("deserialization.exception.handler", ForeignRecords.class.getName());
    addStores(all, settings);
    addClients(all, settings, member);
    all.putAll(settings.properties());
    Properties properties = new Properties();
    properties.putAll(kafka.with(all));
    return properties;
  }

  /** What the clients of a role's threads are named after. */
  static String clientId(String role, StreamSettings settings) {
    return settings.prefix() + "-" + role + "-" + settings.member();
  }

  private static void addStores(Map<String, Object> all, StreamSettings settings) {
    all.put("rocksdb.config.setter", BoundedRocksDb.class.getName());
    all.put(BoundedRocksDb.MEMORY, settings.stateMemory().bytes());
    all.put(BoundedRocksDb.INSTANCES, settings.stateMemory().instances());
    // Every step reads what it has just written; another cache would only hold it twice.
    all.put("statestore.cache.max.bytes", 0);
    // State of a partition that has moved away must survive a night, in case it comes back.
    all.put("state.cleanup.dir.max.age.ms", Duration.ofHours(12).toMillis());
  }

  private static void addClients(Map<String, Object> all, StreamSettings settings, String member) {
    // After this the broker aborts what a killed process left open, if the process does not come
    // back: until then, nothing behind it is read. The default, 10 s, is less than a busy disk
    // takes.
    all.put("producer.transaction.timeout.ms", 30_000);
    all.put("producer.compression.type", "lz4");
    // Each commit sends batches to every changelog and topic; few large ones are cheaper.
    all.put("producer.batch.size", 128 * 1024);
    all.put("producer.buffer.memory", 96L * 1024 * 1024);
    all.put("producer.max.request.size", TopicLimits.MAX_REQUEST_BYTES);
    all.put("consumer.max.partition.fetch.bytes", TopicLimits.MAX_REQUEST_BYTES);
    all.put("consumer.auto.offset.reset", "earliest");
    // Each poll of a restore is one write to a store; the default of 500 rows makes them small.
    all.put("restore.consumer.max.poll.records", 10_000);
    if (settings.groupProtocol().equals(StreamSettings.CLASSIC)) {
      all.put("consumer.session.timeout.ms", 15_000);
      all.put("consumer.heartbeat.interval.ms", 3_000);
      // A process that restarts under its old name gets its partitions back without a rebalance.
      all.put("group.instance.id", member);
    }
  }
}
