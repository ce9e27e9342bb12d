package io.millrace;

import io.millrace.console.ConsoleSettings;
import io.millrace.edge.EdgeSettings;
import io.millrace.edge.InspectorSettings;
import io.millrace.edge.ReplaySettings;
import io.millrace.kafka.KafkaSettings;
import io.millrace.kafka.RegistrySettings;
import io.millrace.kafka.StoreMemory;
import io.millrace.kafka.StreamSettings;
import io.millrace.spool.SpoolSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of the production processes, all read and checked before anything starts. */
public record Config(
    KafkaSettings kafka,
    RegistrySettings registry,
    Topology topology,
    EdgeSettings edge,
    SpoolSettings spool,
    ConsoleSettings console,
    Stream stream,
    Connect connect,
    Warehouse warehouse) {

  /**
   * Where the files lie that say what is deployed.
   *
   * @param sourcesReload how often the sources' are looked at for changes
   */
  public record Topology(
      Path sources,
      Duration sourcesReload,
      Optional<Path> catalogue,
      Path rules,
      Path connectors,
      Path topics,
      int topicReplication) {}

  /** The flow: which roles this process runs, and how. */
  public record Stream(Set<String> roles, StreamSettings settings) {
    public Stream {
      roles = Set.copyOf(roles);
    }
  }

  /** The parts of the flow, in its order. */
  public static final List<String> ROLES = Settings.ROLES;

  /** Kafka Connect. */
  public record Connect(URI url) {}

  /** The warehouse, as Kafka Connect reaches it. */
  public record Warehouse(String jdbcUrl, String user, Optional<String> password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Warehouse[jdbcUrl=" + jdbcUrl + ", user=" + user + "]";
    }
  }

  /** Reads the settings, with every port where it usually is. */
  public static Config load(
      Path home,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> commandLine)
      throws InvalidConfigException {
    return load(home, file, environment, commandLine, 0);
  }

  /**
   * Reads the settings: a file's win over the defaults, the environment's over the file's, the
   * command line's over all.
   *
   * @param home the checkout, where {@code topology/} is unless set otherwise
   * @param file a properties file
   * @param environment all variables; those that begin with {@code MILLRACE_} are settings
   * @param commandLine keys and values
   * @param portOffset added to every port that is not set
   * @throws InvalidConfigException names every unknown key and every value that is not allowed
   */
  public static Config load(
      Path home,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> commandLine,
      int portOffset)
      throws InvalidConfigException {
    GivenSettings given = new GivenSettings(home, portOffset);
    file.ifPresent(given::addFile);
    given.addEnvironment(environment);
    given.addCommandLine(commandLine);

    Config config = from(given);
    List<String> faults = given.faults();
    if (!faults.isEmpty()) {
      throw new InvalidConfigException(faults);
    }
    return config;
  }

  private static Config from(GivenSettings given) {
    return new Config(
        new KafkaSettings(
            given.get(Settings.KAFKA_BOOTSTRAP_SERVERS), given.below(Settings.KAFKA_CLIENT_PREFIX)),
        new RegistrySettings(
            given.get(Settings.REGISTRY_URL),
            given.get(Settings.REGISTRY_SERIALIZER),
            given.get(Settings.REGISTRY_DESERIALIZER),
            given.below(Settings.REGISTRY_CLIENT_PREFIX)),
        new Topology(
            given.get(Settings.SOURCES_DIRECTORY),
            given.get(Settings.SOURCES_RELOAD_INTERVAL),
            given.get(Settings.CATALOGUE_DIRECTORY),
            given.get(Settings.RULES_DIRECTORY),
            given.get(Settings.CONNECT_CONNECTORS),
            given.get(Settings.TOPICS_FILE),
            given.get(Settings.TOPICS_REPLICATION)),
        new EdgeSettings(
            given.get(Settings.EDGE_INSTANCE),
            given.get(Settings.EDGE_HOST),
            given.get(Settings.EDGE_PORT),
            given.get(Settings.EDGE_BODY_LIMIT),
            given.get(Settings.EDGE_HEADER_LIMIT),
            given.get(Settings.EDGE_APPEND_TIMEOUT),
            given.get(Settings.EDGE_REQUEST_TIMEOUT),
            given.get(Settings.EDGE_IDLE_TIMEOUT),
            given.get(Settings.EDGE_DRAIN_TIME),
            given.get(Settings.EDGE_SECRETS_UNUSED_AFTER),
            new ReplaySettings(
                given.get(Settings.EDGE_REPLAY_CAPACITY), given.get(Settings.EDGE_REPLAY_LIFETIME)),
            NetworkConfig.from(given),
            new InspectorSettings(
                given.get(Settings.EDGE_INSPECTOR_DELIVERIES),
                given.get(Settings.EDGE_INSPECTOR_BYTES),
                given.get(Settings.EDGE_INSPECTOR_AGE))),
        new SpoolSettings(
            given.get(Settings.EDGE_SPOOL_DIRECTORY),
            given.get(Settings.EDGE_SPOOL_LIMIT),
            given.get(Settings.EDGE_SPOOL_PATIENCE)),
        new ConsoleSettings(
            given.get(Settings.CONSOLE_HOST),
            given.get(Settings.CONSOLE_PORT),
            given.get(Settings.CONSOLE_TOKEN)),
        new Stream(
            given.get(Settings.STREAM_ROLES),
            new StreamSettings(
                given.get(Settings.STREAM_APPLICATION_PREFIX),
                given.get(Settings.STREAM_INSTANCE),
                given.get(Settings.STREAM_STATE_DIRECTORY),
                StoreMemory.of(given.get(Settings.STREAM_STATE_MEMORY)),
                given.get(Settings.STREAM_THREADS),
                given.get(Settings.STREAM_COMMIT_INTERVAL),
                given.get(Settings.STREAM_STANDBY_REPLICAS),
                given.get(Settings.STREAM_GROUP_PROTOCOL),
                given.below(Settings.STREAM_CLIENT_PREFIX))),
        new Connect(given.get(Settings.CONNECT_URL)),
        new Warehouse(
            given.get(Settings.WAREHOUSE_JDBC_URL),
            given.get(Settings.WAREHOUSE_USER),
            given.get(Settings.WAREHOUSE_PASSWORD)));
  }
}
