package io.millrace.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the flow runs in this process.
 *
 * @param prefix what the application ids of its roles begin with
 * @param instance tells the processes of one role apart; the same again after a restart
 * @param stateDirectory where the stores lie
 * @param threads stream threads of each role
 * @param commitInterval how often results become visible
 * @param standbyReplicas copies of each store kept by other processes
 * @param groupProtocol classic, the only one that works today
 * @param properties for Kafka Streams, stronger than everything above
 */
public record StreamSettings(
    String prefix,
    String instance,
    Path stateDirectory,
    int threads,
    Duration commitInterval,
    int standbyReplicas,
    String groupProtocol,
    Map<String, String> properties) {
  public StreamSettings {
    if (prefix.isBlank() || instance.isBlank()) {
      throw new IllegalArgumentException("stream.prefix and stream.instance must not be empty");
    }
    if (threads < 1 || standbyReplicas < 0) {
      throw new IllegalArgumentException(
          "stream.threads must be 1 or more, stream.standbyReplicas 0 or more");
    }
    if (!commitInterval.isPositive()) {
      throw new IllegalArgumentException("stream.commitInterval must be above 0");
    }
    // With "streams" Kafka Streams 4.3 makes its own consumer, whatever it is handed: nothing could
    // tell an idle partition then, and the last minute of a quiet one would never close.
    if (!groupProtocol.equals("classic")) {
      throw new IllegalArgumentException(
          "stream.group.protocol is '%s'; set it to classic: with any other nothing tells an idle"
              .concat(" partition from one with a backlog")
              .formatted(groupProtocol));
    }
    properties = Map.copyOf(properties);
  }

  /** One process, one thread for each role, results every 200 ms. */
  public static StreamSettings of(Path stateDirectory) {
    return new StreamSettings(
        "millrace", "1", stateDirectory, 1, Duration.ofMillis(200), 0, "classic", Map.of());
  }

  /** Without the values of the properties, which may be passwords. */
  @Override
  public String toString() {
    return "StreamSettings["
        + prefix
        + ", "
        + instance
        + ", "
        + stateDirectory
        + ", "
        + new TreeSet<>(properties.keySet())
        + "]";
  }
}
