package io.millrace.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the flow runs in this process.
 *
 * @param prefix what the application ids of its roles begin with
 * @param instance tells the processes of one role apart; the same again after a restart. Empty:
 *     named after the host and the state directory
 * @param stateDirectory where the stores lie
 * @param stateMemory what all stores of the process share
 * @param threads stream threads of each role
 * @param commitInterval how often results become visible
 * @param standbyReplicas copies of each store kept by other processes
 * @param groupProtocol classic, or streams: the cluster assigns the work itself (KIP-1071)
 * @param properties for Kafka Streams, stronger than everything above
 */
public record StreamSettings(
    String prefix,
    String instance,
    Path stateDirectory,
    StoreMemory stateMemory,
    int threads,
    Duration commitInterval,
    int standbyReplicas,
    String groupProtocol,
    Map<String, String> properties) {
  static final String CLASSIC = "classic";
  private static final List<String> PROTOCOLS = List.of(CLASSIC, "streams");

  public StreamSettings {
    if (prefix.isBlank()) {
      throw new IllegalArgumentException("stream.prefix must not be empty");
    }
    if (threads < 1 || standbyReplicas < 0) {
      throw new IllegalArgumentException(
          "stream.threads must be 1 or more, stream.standbyReplicas 0 or more");
    }
    if (!commitInterval.isPositive()) {
      throw new IllegalArgumentException("stream.commitInterval must be above 0");
    }
    if (!PROTOCOLS.contains(groupProtocol)) {
      throw new IllegalArgumentException(
          "stream.group.protocol is '%s'; it must be one of %s"
              .formatted(groupProtocol, String.join(", ", PROTOCOLS)));
    }
    if (standbyReplicas > 0 && !groupProtocol.equals(CLASSIC)) {
      throw new IllegalArgumentException(
          "stream.standbyReplicas is %d, but with stream.group.protocol %s the cluster decides: set"
                  .formatted(standbyReplicas, groupProtocol)
              + " it to 0, and streams.num.standby.replicas of the groups on the cluster");
    }
    properties = Map.copyOf(properties);
  }

  /** The same with memory that is shared by a known number of stores. */
  public StreamSettings withMemory(StoreMemory memory) {
    return new StreamSettings(
        prefix,
        instance,
        stateDirectory,
        memory,
        threads,
        commitInterval,
        standbyReplicas,
        groupProtocol,
        properties);
  }

  /** What this process is called in the groups of its roles. */
  String member() {
    return instance.isEmpty() ? InstanceName.of(stateDirectory) : instance;
  }

  /** One process, one thread for each role, results every 200 ms. */
  public static StreamSettings of(Path stateDirectory) {
    return new StreamSettings(
        "millrace",
        "1",
        stateDirectory,
        StoreMemory.DEFAULT,
        1,
        Duration.ofMillis(200),
        0,
        "classic",
        Map.of());
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
