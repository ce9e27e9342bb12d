package io.millrace.config;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.ListedAfter;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.OneOf;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Secret;
import io.millrace.console.ConsoleSettings;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.edge.wire.ReplaySettings;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySettings;
import io.millrace.spool.SpoolSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the production processes, all read and checked before anything starts. {@code
 * docs/configuration.md} is generated from these records.
 */
public record Config(
    KafkaSettings kafka,
    RegistrySettings registry,
    Topology topology,
    Identity identity,
    EdgeSettings edge,
    @ListedAfter(ReplaySettings.class) SpoolSettings spool,
    ConsoleSettings console,
    Stream stream,
    Connect connect,
    Warehouse warehouse) {

  private static final String ALL_ROLES = "normalize,records,engagement,identity,accounts";

  /** The parts of the flow, in its order; each can run in a process of its own. */
  public static final List<String> ROLES = List.of(ALL_ROLES.split(","));

  /** Where the files are that declare what is deployed. */
  public record Topology(
      @Key("sources.directory")
          @Default("{home}/topology/sources")
          @Says("Folder with one YAML file for each connected source.")
          Path sources,
      @Key("sources.reload.interval")
          @Default("PT5S")
          @Range(from = "PT0.05S", to = "PT1H")
          @Says(
              "How often the files of sources and secrets are checked; a change takes effect at"
                  + " the second check.")
          Duration sourcesReload,
      @Key("catalogue.directory")
          @Says(
              "Folder with one YAML file for each provider of your own, in addition to the"
                  + " bundled catalogue.")
          Optional<Path> catalogue,
      @Key("rules.directory")
          @Default("{home}/topology/rules")
          @Says(
              "Folder with the rules of the flow: order, lifecycles, activities, signals and"
                  + " scores.")
          Path rules,
      @Key("topics.file")
          @Default("{home}/topology/topics.yaml")
          @Says("File that declares the topics.")
          Path topics,
      @Key("topics.replication")
          @Default("1")
          @Range(from = "1", to = "9")
          @Says(
              "Replication factor of the topics that Millrace creates; 3 on a production cluster.")
          int topicReplication) {}

  /** Who is who. */
  public record Identity(
      @Key("identity.key")
          @Default("env:MILLRACE_SECRET_IDENTITY_KEY")
          @Secret
          @MustBe(value = "env:NAME or file:PATH", matching = "(env|file):.+")
          @Says(
              "Where the key is kept with which the ids of people and accounts are made:"
                  + " env:NAME or file:PATH. Another key makes other ids, so it must be kept as"
                  + " long as the topics, and be the same in every process.")
          String key) {}

  /** The flow: which roles this process runs, and how. */
  public record Stream(
      @Key("stream.roles")
          @Default(ALL_ROLES)
          @OneOf(ALL_ROLES)
          @Says("Parts of the flow that this process runs; same as --roles.")
          Set<String> roles,
      StreamSettings settings) {
    public Stream {
      roles = Set.copyOf(roles);
    }
  }

  /** Kafka Connect. */
  public record Connect(
      @Key("connect.url")
          @Default("http://127.0.0.1:8083")
          @Says("Kafka Connect's REST API, to which the connectors are deployed.")
          URI url,
      @Key("connect.user")
          @Default("millrace")
          @MustBe(value = "a name", matching = "[^\\s:]+")
          @Says("User with which the REST API is called, if there is a password.")
          String user,
      @Key("connect.password")
          @Secret
          @MustBe(value = "env:NAME or file:PATH, or nothing", matching = "(env|file):.+")
          @Says(
              "Where the password of the REST API is kept: env:NAME or file:PATH. Without one no"
                  + " user is sent.")
          Optional<String> password,
      @Key("connect.connectors")
          @Default("{home}/topology/connectors")
          @Says("Folder with one JSON file for each connector.")
          Path connectors) {}

  /** The warehouse, as Kafka Connect reaches it. */
  public record Warehouse(
      @Key("warehouse.jdbc.url")
          @Default("jdbc:postgresql://127.0.0.1:15432/warehouse")
          @MustBe(
              value = "a PostgreSQL JDBC URL without a password",
              matching = "jdbc:postgresql://(?!\\S*(?i:password=))\\S+")
          @Says("The warehouse, as Kafka Connect reaches it.")
          String jdbcUrl,
      @Key("warehouse.user")
          @Default("millrace")
          @MustBe(value = "a name", matching = "\\S+")
          @Says("User that writes to the warehouse.")
          String user,
      @Key("warehouse.password")
          @Default("${env:WAREHOUSE_PASSWORD}")
          @Secret
          @MustBe(
              value = "a reference that Kafka Connect resolves, such as ${env:WAREHOUSE_PASSWORD}",
              matching = "\\$\\{\\w+:[^{}]+}")
          @Says(
              "Where Kafka Connect finds the password of that user: a reference to one of its"
                  + " config providers, which the connectors keep as it is.")
          String password) {}

  /** Reads the settings, with a port offset of 0. */
  public static Config load(
      Path home,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> commandLine)
      throws InvalidConfigException {
    return load(home, file, environment, commandLine, 0);
  }

  /**
   * Reads the settings. A file overrides the defaults, the environment overrides the file, and the
   * command line overrides all.
   *
   * @param home the checkout, where {@code topology/} is unless set otherwise
   * @param file a properties file
   * @param environment all variables; those that begin with {@code MILLRACE_} are settings
   * @param commandLine keys and values
   * @param portOffset added to every port that is not set
   * @throws InvalidConfigException lists every unknown key and every invalid value
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
    return given.read();
  }
}
