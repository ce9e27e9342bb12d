package io.millrace.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the cluster is reached.
 *
 * @param bootstrapServers host:port, several separated by commas
 * @param clientProperties for every client: security, mainly
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> clientProperties) {
  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "kafka.bootstrapServers is empty: name at least one broker as host:port");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** A cluster that asks for no credentials. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Map.of());
  }

  /** What every client is given, and these besides. */
  Map<String, Object> with(Map<String, ?> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putAll(clientProperties);
    all.put("bootstrap.servers", bootstrapServers);
    // A broker that collects clients' figures is the exception; ours are at /metrics.
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
