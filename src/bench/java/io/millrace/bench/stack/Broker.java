package io.millrace.bench.stack;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A single Kafka node in this process: broker and controller in one, with its log on disk. */
public final class Broker implements Part {
  private static final int NODE_ID = 1;

  /** The largest batch: a message of 8 MiB, the largest our topics accept, and its overhead. */
  private static final int MAX_BATCH_BYTES = 8 * 1024 * 1024 + 256 * 1024;

  private final Path directory;
  private final StackSettings settings;
  private Optional<KafkaRaftServer> server = Optional.empty();

  public Broker(Path directory, StackSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  @Override
  public String title() {
    return "broker";
  }

  @Override
  public void start() throws Exception {
    if (!Files.exists(directory.resolve("meta.properties"))) {
      format();
    }
    KafkaRaftServer created = new KafkaRaftServer(new KafkaConfig(config(), false), Time.SYSTEM);
    server = Optional.of(created);
    created.startup();
  }

  private void format() throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setSupportedFeatures(List.copyOf(Feature.PRODUCTION_FEATURES))
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setNodeId(NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
  }

  private Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(NODE_ID));
    config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + settings.controllerPort());
    config.put("controller.listener.names", "CONTROLLER");
    config.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(settings.brokerPort(), settings.controllerPort()));
    config.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + settings.brokerPort());
    config.put("log.dirs", directory.toString());
    // An undeclared topic is a misspelt name.
    config.put("auto.create.topics.enable", "false");
    config.put("message.max.bytes", Integer.toString(MAX_BATCH_BYTES));
    config.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
    config.put("log.retention.hours", "336");
    addSingleNode(config);
    addSmallMachine(config);
    addQuickRestart(config);
    return config;
  }

  private static void addSingleNode(Map<String, String> config) {
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      config.put(topic + ".replication.factor", "1");
      config.put(topic + ".num.partitions", "4");
    }
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void addSmallMachine(Map<String, String> config) {
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "4");
    config.put("background.threads", "2");
    config.put("num.recovery.threads.per.data.dir", "2");
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
  }

  /**
   * After a kill, sessions and transactions of the killed process must expire within seconds, not a
   * minute.
   */
  private static void addQuickRestart(Map<String, String> config) {
    config.put("broker.heartbeat.interval.ms", "500");
    config.put("broker.session.timeout.ms", "3000");
    config.put("group.min.session.timeout.ms", "1000");
    // The same for groups of the protocol of Kafka Streams, whose timings the broker decides.
    config.put("group.streams.min.session.timeout.ms", "1000");
    config.put("group.streams.session.timeout.ms", "10000");
    config.put("group.streams.min.heartbeat.interval.ms", "200");
    config.put("group.streams.heartbeat.interval.ms", "1000");
    config.put("group.streams.initial.rebalance.delay.ms", "0");
    config.put("group.streams.assignment.interval.ms", "0");
    config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
  }

  @Override
  public void stop() {
    server.ifPresent(
        running -> {
          running.shutdown();
          running.awaitShutdown();
        });
  }
}
