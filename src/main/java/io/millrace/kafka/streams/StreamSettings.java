package io.millrace.kafka.streams;

import io.millrace.config.setting.Below;
import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.OneOf;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the flow runs in this process.
 *
 * @param properties for Kafka Streams; override everything above
 */
public record StreamSettings(
    @Key("stream.application.prefix")
        @Default("millrace")
        @MustBe(value = "letters, digits, - and _", matching = "[\\w-]{1,100}")
        @Says("First part of the Kafka Streams application ids; a role's id is {prefix}-{role}.")
        String prefix,
    @Key("stream.state.directory")
        @Default("data/state")
        @Says("Folder for local state, which can be rebuilt from Kafka if lost.")
        Path stateDirectory,
    @Key("stream.state.memory")
        @Default("384 MB")
        @Size(from = "16 MB", to = "64 GB")
        @Says(
            "Memory for all state stores of this process, outside the Java heap. The process"
                + " does not start if it is too little for its stores and partitions; see"
                + " capacity.md.")
        StoreMemory stateMemory,
    @Key("stream.commit.interval")
        @Default("PT0.5S")
        @Range(from = "PT0.01S", to = "PT30S")
        @Says("Time between commits: how soon readers of committed records see a result.")
        Duration commitInterval,
    @Key("stream.threads")
        @Default("1")
        @Range(from = "1", to = "64")
        @Says("Threads for each role in this process.")
        int threads,
    @Key("stream.instance")
        @Default("")
        @MustBe(value = "letters, digits, - and _", matching = "[\\w-]{0,100}")
        @Says(
            "Distinguishes the processes of one role; must stay the same across restarts."
                + " Default: derived from the host name and the state directory.")
        String instance,
    @Key("stream.standby.replicas")
        @Default("0")
        @Range(from = "0", to = "8")
        @Says(
            "Copies of each store that other processes keep for a fast takeover; 1 in"
                + " production.")
        int standbyReplicas,
    @Key("stream.group.protocol")
        @Default("classic")
        @OneOf("classic,streams")
        @Says(
            "How the processes of a role share its partitions; with streams, the cluster decides"
                + " (KIP-1071).")
        String groupProtocol,
    @Below("stream.client.") Map<String, String> properties) {
  static final String CLASSIC = "classic";

  public StreamSettings {
    if (standbyReplicas > 0 && !groupProtocol.equals(CLASSIC)) {
      throw new IllegalArgumentException(
          ("stream.standby.replicas is %d, but with stream.group.protocol %s the cluster decides:"
                  + " set it to 0, and streams.num.standby.replicas of the groups on the cluster")
              .formatted(standbyReplicas, groupProtocol));
    }
    properties = Map.copyOf(properties);
  }

  /** The same settings, with memory shared by a known number of stores. */
  public StreamSettings withMemory(StoreMemory memory) {
    return new StreamSettings(
        prefix,
        stateDirectory,
        memory,
        commitInterval,
        threads,
        instance,
        standbyReplicas,
        groupProtocol,
        properties);
  }

  /** The name of this process in the groups of its roles. */
  String member() {
    return instance.isEmpty() ? InstanceName.of(stateDirectory) : instance;
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
