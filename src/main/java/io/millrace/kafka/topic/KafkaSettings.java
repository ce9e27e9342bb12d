package io.millrace.kafka.topic;

import io.millrace.config.setting.Below;
import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.Says;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** How to connect to the cluster, with properties for every client, mainly for security. */
public record KafkaSettings(
    @Key("kafka.bootstrap.servers")
        @Default("127.0.0.1:9092")
        @MustBe(
            value = "host:port, several separated by commas",
            matching = "[^\\s:,/]+:[0-9]{1,5}(, ?[^\\s:,/]+:[0-9]{1,5})*")
        @Says("Addresses of the Kafka brokers.")
        String bootstrapServers,
    @Below("kafka.client.") Map<String, String> clientProperties) {
  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap.servers is empty: name at least one broker as host:port");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** A cluster without authentication. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Map.of());
  }

  /** The properties of every client, and these in addition. */
  public Map<String, Object> with(Map<String, ?> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putAll(clientProperties);
    all.put("bootstrap.servers", bootstrapServers);
    // Few brokers collect client metrics; ours are at /metrics.
    all.putIfAbsent("enable.metrics.push", false);
    return all;
  }

  /** Without the values of the properties, which may be passwords. */
  @Override
  public String toString() {
    return "KafkaSettings["
        + bootstrapServers
        + ", "
        + new TreeSet<>(clientProperties.keySet())
        + "]";
  }
}
