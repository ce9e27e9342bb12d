package io.millrace;

import io.millrace.source.RateLimit;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Every setting there is; {@code docs/configuration.md} is written from this list. */
final class Settings {
  /** The parts of the flow, each an application that can run in a process of its own. */
  static final List<String> ROLES = List.of("normalize", "records", "engagement");

  /** What follows this goes to every Kafka client under its own name: {@code ssl.*}, say. */
  static final String KAFKA_CLIENT_PREFIX = "kafka.client.";

  /** What follows this goes to the serializer and the deserializer. */
  static final String REGISTRY_CLIENT_PREFIX = "registry.client.";

  /** What follows this goes to Kafka Streams and wins over what we give it. */
  static final String STREAM_CLIENT_PREFIX = "stream.client.";

  private static final List<String> PREFIXES =
      List.of(KAFKA_CLIENT_PREFIX, REGISTRY_CLIENT_PREFIX, STREAM_CLIENT_PREFIX);

  static final Setting<String> KAFKA_BOOTSTRAP_SERVERS =
      new Setting<>(
          "kafka.bootstrap.servers",
          "127.0.0.1:9092",
          Kind.addresses(),
          "Where to find the Kafka cluster.");

  static final Setting<String> REGISTRY_URL =
      new Setting<>(
          "registry.url",
          "http://127.0.0.1:8081/apis/ccompat/v7",
          Kind.matching(
              "http or https URLs, several separated by commas",
              Pattern.compile("https?://[^\\s,/]+[^\\s,]*(,https?://[^\\s,/]+[^\\s,]*)*")),
          "The schema registry's Confluent-compatible API.");

  static final Setting<String> REGISTRY_SERIALIZER =
      new Setting<>(
          "registry.serializer",
          "io.apicurio.registry.serde.avro.AvroKafkaSerializer",
          Kind.className(),
          "Class that writes Avro in the Confluent wire format.");

  static final Setting<String> REGISTRY_DESERIALIZER =
      new Setting<>(
          "registry.deserializer",
          "io.apicurio.registry.serde.avro.AvroKafkaDeserializer",
          Kind.className(),
          "Class that reads Avro in the Confluent wire format.");

  static final Setting<Path> SOURCES_DIRECTORY =
      new Setting<>(
          "sources.directory",
          "{home}/topology/sources",
          Kind.path(),
          "Folder with one YAML file for each connected source.");

  static final Setting<Duration> SOURCES_RELOAD_INTERVAL =
      new Setting<>(
          "sources.reload.interval",
          "PT5S",
          Kind.duration(Duration.ofMillis(50), Duration.ofHours(1)),
          "How often the files of the sources, and of their secrets, are looked at; a change counts"
              + " at the second look.");

  static final Setting<Optional<Path>> CATALOGUE_DIRECTORY =
      new Setting<>(
          "catalogue.directory",
          "",
          Kind.optionalPath(),
          "Folder with one YAML file for each provider of your own, beside those of the catalogue.");

  static final Setting<Path> RULES_DIRECTORY =
      new Setting<>(
          "rules.directory",
          "{home}/topology/rules",
          Kind.path(),
          "Folder with the rules of the flow: order, lifecycles, activities, signals and scores.");

  static final Setting<Path> TOPICS_FILE =
      new Setting<>(
          "topics.file", "{home}/topology/topics.yaml", Kind.path(), "How each topic is laid out.");

  static final Setting<Integer> TOPICS_REPLICATION =
      new Setting<>(
          "topics.replication",
          "1",
          Kind.integer(1, 9),
          "Copies of each partition of the topics that Millrace creates; 3 on a real cluster.");

  static final Setting<String> EDGE_INSTANCE =
      new Setting<>(
          "edge.instance",
          "1",
          Kind.matching("letters, digits, - and _", Pattern.compile("[\\w-]{1,100}")),
          "Tells the edges of one cluster apart, on completeness-marks; the same again after a"
              + " restart.");

  static final Setting<String> EDGE_HOST =
      new Setting<>("edge.host", "127.0.0.1", Kind.host(), "Address the edge listens on.");

  static final Setting<Integer> EDGE_PORT =
      new Setting<>(
          "edge.port", "8080", Kind.port(), "Port the edge listens on; 0 picks a free one.");

  static final Setting<Integer> EDGE_BODY_LIMIT =
      new Setting<>(
          "edge.body.limit",
          "1 MB",
          Kind.size(1, 7 * 1024 * 1024),
          "Largest request body; a larger one is answered with 413. A topic takes no more than 8"
              + " MB.");

  static final Setting<Integer> EDGE_HEADER_LIMIT =
      new Setting<>(
          "edge.header.limit",
          "16 kB",
          Kind.size(1024, 1024 * 1024),
          "Largest request line and headers together.");

  static final Setting<Duration> EDGE_APPEND_TIMEOUT =
      new Setting<>(
          "edge.append.timeout",
          "PT8S",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
          "How long a sender waits for Kafka before it is answered 503 and comes again.");

  static final Setting<Duration> EDGE_REQUEST_TIMEOUT =
      new Setting<>(
          "edge.request.timeout",
          "PT30S",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "How long a request may take to arrive in full.");

  static final Setting<Duration> EDGE_IDLE_TIMEOUT =
      new Setting<>(
          "edge.idle.timeout",
          "PT15S",
          Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "How long a connection may be silent.");

  static final Setting<Duration> EDGE_DRAIN_TIME =
      new Setting<>(
          "edge.drain.time",
          "PT10S",
          Kind.duration(Duration.ZERO, Duration.ofMinutes(5)),
          "How long a stopping edge waits for the requests it has begun.");

  static final Setting<Duration> EDGE_SECRETS_UNUSED_AFTER =
      new Setting<>(
          "edge.secrets.unused.after",
          "P1D",
          Kind.duration(Duration.ofSeconds(1), Duration.ofDays(90)),
          "A secret that was not used for so long while another of its source was is reported: it"
              + " may be removed.");

  static final Setting<Integer> EDGE_REPLAY_CAPACITY =
      new Setting<>(
          "edge.replay.capacity",
          "100000",
          Kind.integer(1, 10_000_000),
          "How many signed texts without a time are remembered to know a replay by; about 200 bytes"
              + " each.");

  static final Setting<Duration> EDGE_REPLAY_LIFETIME =
      new Setting<>(
          "edge.replay.lifetime",
          "P30D",
          Kind.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
          "How long each of them is remembered, by this process alone.");

  static final Setting<Path> EDGE_SPOOL_DIRECTORY =
      new Setting<>(
          "edge.spool.directory",
          "data/spool",
          Kind.path(),
          "Folder for deliveries that wait for Kafka, of sources that say spool: true; each edge"
              + " needs its own, on a disk that outlives it. Made when needed.");

  static final Setting<Long> EDGE_SPOOL_LIMIT =
      new Setting<>(
          "edge.spool.limit",
          "1 GB",
          Kind.largeSize(1L << 20, 1L << 40),
          "How much may wait in the spool; then deliveries are answered 503. It may take twice"
              + " that on disk.");

  static final Setting<Duration> EDGE_SPOOL_PATIENCE =
      new Setting<>(
          "edge.spool.patience",
          "PT1S",
          Kind.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "How long Kafka may take to acknowledge a delivery before it is spooled too; less than"
              + " edge.append.timeout.");

  static final Setting<Optional<Path>> EDGE_TLS_CERTIFICATE =
      new Setting<>(
          "edge.tls.certificate",
          "",
          Kind.optionalPath(),
          "PEM file with the certificate of the edge and its chain; makes edge.port speak HTTPS. See"
              + " docs/edge-network.md.");

  static final Setting<Optional<Path>> EDGE_TLS_KEY =
      new Setting<>(
          "edge.tls.key",
          "",
          Kind.optionalPath(),
          "PEM file with the private key of that certificate, RSA or EC.");

  static final Setting<Optional<String>> EDGE_TLS_KEY_PASSPHRASE =
      new Setting<>(
          "edge.tls.key.passphrase", "", Kind.optionalText(), "Of the key, if it is encrypted.");

  static final Setting<Optional<Path>> EDGE_TLS_CLIENT_CA =
      new Setting<>(
          "edge.tls.client.ca",
          "",
          Kind.optionalPath(),
          "PEM file with the authorities that must vouch for a certificate of every sender; not set:"
              + " senders need none.");

  static final Setting<Duration> EDGE_TLS_RELOAD_INTERVAL =
      new Setting<>(
          "edge.tls.reload.interval",
          "PT10S",
          Kind.duration(Duration.ofMillis(100), Duration.ofDays(1)),
          "How often the PEM files are looked at for changes.");

  static final Setting<List<String>> EDGE_TRUSTED_PROXIES =
      new Setting<>(
          "edge.trusted.proxies",
          "",
          Kind.addressRanges(),
          "Proxies that are believed when they name the sender's address, and the host and scheme it"
              + " used. See docs/edge-network.md.");

  static final Setting<String> EDGE_TRUSTED_HEADERS =
      new Setting<>(
          "edge.trusted.headers",
          "either",
          Kind.oneOf(List.of("either", "x-forwarded", "forwarded")),
          "Where they do: X-Forwarded-*, or Forwarded (RFC 7239). If both name addresses and these"
              + " differ, neither is believed.");

  static final Setting<Boolean> EDGE_PROXY_PROTOCOL =
      new Setting<>(
          "edge.proxy.protocol",
          "false",
          Kind.flag(),
          "Whether every connection begins with the PROXY protocol, version 1 or 2.");

  static final Setting<Integer> EDGE_CONNECTIONS_LIMIT =
      new Setting<>(
          "edge.connections.limit",
          "10000",
          Kind.integer(1, 1_000_000),
          "Connections open at the same time; further ones wait.");

  static final Setting<Integer> EDGE_REQUESTS_LIMIT =
      new Setting<>(
          "edge.requests.limit",
          "1000",
          Kind.integer(1, 100_000),
          "Requests answered at the same time; further ones are answered 503. One address may take up"
              + " half of them before it proves anything.");

  static final Setting<Integer> EDGE_BODIES_LIMIT =
      new Setting<>(
          "edge.bodies.limit",
          "64 MB",
          Kind.size(1024, 1024 * 1024 * 1024),
          "All bodies in memory together; a request that does not fit is answered 503. The heap needs"
              + " four times as much.");

  static final Setting<RateLimit> EDGE_UNVERIFIED_LIMIT =
      new Setting<>(
          "edge.unverified.limit",
          "100/s",
          Kind.rate(),
          "Requests from one address that are not verified; beyond, they are answered 429 unread.");

  static final Setting<Integer> EDGE_INSPECTOR_DELIVERIES =
      new Setting<>(
          "edge.inspector.deliveries",
          "50",
          Kind.integer(0, 10_000),
          "How many of the last requests of each source are kept to be looked at, genuine and refused"
              + " ones each; 0 keeps none.");

  static final Setting<Integer> EDGE_INSPECTOR_BYTES =
      new Setting<>(
          "edge.inspector.bytes",
          "16 MB",
          Kind.size(0, 1024 * 1024 * 1024),
          "Memory for all of them; 0 keeps none.");

  static final Setting<Duration> EDGE_INSPECTOR_AGE =
      new Setting<>(
          "edge.inspector.age",
          "PT24H",
          Kind.duration(Duration.ZERO, Duration.ofDays(30)),
          "How long each is kept; PT0S keeps none.");

  static final Setting<String> CONSOLE_HOST =
      new Setting<>(
          "console.host", "127.0.0.1", Kind.host(), "Address of /metrics and the operator API.");

  static final Setting<Integer> CONSOLE_PORT =
      new Setting<>(
          "console.port",
          "8090",
          Kind.port(),
          "Port of /metrics and the operator API; 0 picks a free one.");

  static final Setting<Optional<String>> CONSOLE_TOKEN =
      new Setting<>(
          "console.token",
          "",
          Kind.optionalSecretReference(),
          "Where the token is kept that the operator API asks for: env:NAME or file:PATH. Without"
              + " one the API answers only on an address of this machine itself.");

  static final Setting<Set<String>> STREAM_ROLES =
      new Setting<>(
          "stream.roles",
          String.join(",", ROLES),
          Kind.someOf(ROLES),
          "Parts of the flow this process runs; --roles says the same.");

  static final Setting<String> STREAM_APPLICATION_PREFIX =
      new Setting<>(
          "stream.application.prefix",
          "millrace",
          Kind.matching("letters, digits, - and _", Pattern.compile("[\\w-]{1,100}")),
          "First part of the Kafka Streams application ids; a role's id is {prefix}-{role}.");

  static final Setting<Path> STREAM_STATE_DIRECTORY =
      new Setting<>(
          "stream.state.directory",
          "data/state",
          Kind.path(),
          "Folder for local state; it can be rebuilt from Kafka when lost.");

  static final Setting<Long> STREAM_STATE_MEMORY =
      new Setting<>(
          "stream.state.memory",
          "384 MB",
          Kind.largeSize(16L << 20, 64L << 30),
          "Memory for all state stores of this process, outside the Java heap. Too little for the"
              + " stores and partitions there are is refused at the start; see capacity.md.");

  static final Setting<Duration> STREAM_COMMIT_INTERVAL =
      new Setting<>(
          "stream.commit.interval",
          "PT0.5S",
          Kind.duration(Duration.ofMillis(10), Duration.ofSeconds(30)),
          "Time between commits: how soon readers of committed records see a result.");

  static final Setting<Integer> STREAM_THREADS =
      new Setting<>(
          "stream.threads", "1", Kind.integer(1, 64), "Threads for each role in this process.");

  static final Setting<String> STREAM_INSTANCE =
      new Setting<>(
          "stream.instance",
          "",
          Kind.matching("letters, digits, - and _", Pattern.compile("[\\w-]{0,100}")),
          "Tells the processes of one role apart; the same again after a restart. Not set: made of"
              + " the host's name and the state directory.");

  static final Setting<Integer> STREAM_STANDBY_REPLICAS =
      new Setting<>(
          "stream.standby.replicas",
          "0",
          Kind.integer(0, 8),
          "Copies of each store that other processes keep, to take over fast; 1 in production.");

  static final Setting<String> STREAM_GROUP_PROTOCOL =
      new Setting<>(
          "stream.group.protocol",
          "classic",
          Kind.oneOf(List.of("classic", "streams")),
          "How the processes of a role share its partitions; streams: the cluster decides (KIP-1071).");

  static final Setting<URI> CONNECT_URL =
      new Setting<>(
          "connect.url",
          "http://127.0.0.1:8083",
          Kind.httpUrl(),
          "Kafka Connect's REST API, where the connectors are put.");

  static final Setting<Path> CONNECT_CONNECTORS =
      new Setting<>(
          "connect.connectors",
          "{home}/topology/connectors",
          Kind.path(),
          "Folder with one JSON file for each connector.");

  static final Setting<String> WAREHOUSE_JDBC_URL =
      new Setting<>(
          "warehouse.jdbc.url",
          "jdbc:postgresql://127.0.0.1:15432/warehouse",
          Kind.matching("a PostgreSQL JDBC URL", Pattern.compile("jdbc:postgresql://\\S+")),
          "The warehouse, as Kafka Connect reaches it.");

  static final Setting<String> WAREHOUSE_USER =
      new Setting<>(
          "warehouse.user",
          "millrace",
          Kind.matching("a name", Pattern.compile("\\S+")),
          "Who writes to the warehouse.");

  static final Setting<Optional<String>> WAREHOUSE_PASSWORD =
      new Setting<>(
          "warehouse.password", "", Kind.optionalText(), "Their password; there is no default.");

  private Settings() {}

  /** All of them, in the order of the manual. */
  static List<Setting<?>> all() {
    return List.of(
        KAFKA_BOOTSTRAP_SERVERS,
        REGISTRY_URL,
        REGISTRY_SERIALIZER,
        REGISTRY_DESERIALIZER,
        SOURCES_DIRECTORY,
        SOURCES_RELOAD_INTERVAL,
        CATALOGUE_DIRECTORY,
        RULES_DIRECTORY,
        TOPICS_FILE,
        TOPICS_REPLICATION,
        EDGE_INSTANCE,
        EDGE_HOST,
        EDGE_PORT,
        EDGE_BODY_LIMIT,
        EDGE_HEADER_LIMIT,
        EDGE_APPEND_TIMEOUT,
        EDGE_REQUEST_TIMEOUT,
        EDGE_IDLE_TIMEOUT,
        EDGE_DRAIN_TIME,
        EDGE_SECRETS_UNUSED_AFTER,
        EDGE_REPLAY_CAPACITY,
        EDGE_REPLAY_LIFETIME,
        EDGE_SPOOL_DIRECTORY,
        EDGE_SPOOL_LIMIT,
        EDGE_SPOOL_PATIENCE,
        EDGE_TLS_CERTIFICATE,
        EDGE_TLS_KEY,
        EDGE_TLS_KEY_PASSPHRASE,
        EDGE_TLS_CLIENT_CA,
        EDGE_TLS_RELOAD_INTERVAL,
        EDGE_TRUSTED_PROXIES,
        EDGE_TRUSTED_HEADERS,
        EDGE_PROXY_PROTOCOL,
        EDGE_CONNECTIONS_LIMIT,
        EDGE_REQUESTS_LIMIT,
        EDGE_BODIES_LIMIT,
        EDGE_UNVERIFIED_LIMIT,
        EDGE_INSPECTOR_DELIVERIES,
        EDGE_INSPECTOR_BYTES,
        EDGE_INSPECTOR_AGE,
        CONSOLE_HOST,
        CONSOLE_PORT,
        CONSOLE_TOKEN,
        STREAM_ROLES,
        STREAM_APPLICATION_PREFIX,
        STREAM_STATE_DIRECTORY,
        STREAM_STATE_MEMORY,
        STREAM_COMMIT_INTERVAL,
        STREAM_THREADS,
        STREAM_INSTANCE,
        STREAM_STANDBY_REPLICAS,
        STREAM_GROUP_PROTOCOL,
        CONNECT_URL,
        CONNECT_CONNECTORS,
        WAREHOUSE_JDBC_URL,
        WAREHOUSE_USER,
        WAREHOUSE_PASSWORD);
  }

  /** Whether a key has a meaning: a setting of ours, or one that is passed on to a library. */
  static boolean isKnown(String key) {
    boolean isPassedOn =
        PREFIXES.stream().anyMatch(it -> key.startsWith(it) && key.length() > it.length());
    return isPassedOn || all().stream().anyMatch(setting -> setting.key().equals(key));
  }
}
