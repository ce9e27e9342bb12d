package io.millrace.bench.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.app.Catalogues;
import io.millrace.app.CommandException;
import io.millrace.app.Consoles;
import io.millrace.app.EdgeProcess;
import io.millrace.app.IdentityKey;
import io.millrace.app.KafkaLogs;
import io.millrace.app.Provision;
import io.millrace.app.Started;
import io.millrace.app.StreamProcess;
import io.millrace.app.TopicAudit;
import io.millrace.app.UntilStopped;
import io.millrace.audit.AuditScope;
import io.millrace.audit.Proof;
import io.millrace.bench.demo.DemoSystem;
import io.millrace.bench.ledger.EventCounter;
import io.millrace.bench.ledger.JdbcWarehouse;
import io.millrace.bench.ledger.Warehouse;
import io.millrace.bench.stack.EmbeddedStack;
import io.millrace.bench.stack.Port;
import io.millrace.bench.stack.Progress;
import io.millrace.bench.stack.StackEndpoints;
import io.millrace.bench.stack.StackException;
import io.millrace.bench.stack.StackSettings;
import io.millrace.cli.PortOffset;
import io.millrace.config.Config;
import io.millrace.console.Console;
import io.millrace.console.Logging;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.KafkaTopicReader;
import io.millrace.kafka.read.ReadThrough;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalizer;
import io.millrace.source.Sources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Millrace and all it needs in this process: the embedded stack, the flow, the edge, a console. */
final class EmbeddedSystem implements DemoSystem {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final long LOOK_EVERY_MS = 100;
  private static final int NAMED_FINDINGS = 5;

  private final Started started;
  private final Config config;
  private final StackEndpoints endpoints;
  private final RegistrySerdes serdes;
  private final Sources sources;
  private final NormalizeRules rules;
  private final ReadThrough groups;
  private final EdgeProcess edge;
  private final Console console;

  /** Starts everything and returns once the edge is ready; see {@link DemoSystem.Starter}. */
  static DemoSystem start(
      Path data, int portOffset, Map<String, String> environment, Consumer<String> progress) {
    PortOffset.check(portOffset);
    Logging.toFile(data.resolve("logs").resolve("millrace.log"));
    Started started = new Started();
    UntilStopped.closing(started, "stop-demo");
    Progress parts = new TerminalProgress(progress);
    try {
      EmbeddedStack stack =
          started.add(
              new EmbeddedStack(
                  StackSettings.of(data, portOffset)
                      .alongside(
                          new Port("edge", 8080 + portOffset),
                          new Port("console", 8090 + portOffset)),
                  parts));
      StackEndpoints endpoints = stack.start();
      Config config = EmbeddedConfig.of(endpoints, data, portOffset);
      return new EmbeddedSystem(started, config, endpoints, environment, parts);
    } catch (StackException | ProvisioningException failure) {
      started.close();
      throw CommandException.unreachable(String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      started.close();
      throw failure;
    }
  }

  private EmbeddedSystem(
      Started started,
      Config config,
      StackEndpoints endpoints,
      Map<String, String> environment,
      Progress progress) {
    this.started = started;
    this.config = config;
    this.endpoints = endpoints;
    long begin = System.nanoTime();
    Provision.topicsAndSchemas(config);
    Provision.connectors(config);
    progress.ready("topics and connectors", Duration.ofNanos(System.nanoTime() - begin));

    begin = System.nanoTime();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    serdes = started.add(new RegistrySerdes(config.registry()));
    groups =
        started.add(new ReadThrough(config.kafka(), started.add(new TopicOffsets(config.kafka()))));
    sources =
        Sources.loadWithoutSecrets(
            config.topology().sources(), Catalogues.load(config.topology().catalogue()));
    rules = IdentityKey.rules(config);
    StreamProcess stream = started.add(StreamProcess.start(config, registry));
    edge =
        started.add(
            EdgeProcess.start(
                config,
                name -> Optional.ofNullable(environment.get(name)),
                new KafkaLogs(settings -> serdes),
                registry));
    console =
        started.add(
            Consoles.start(
                config.console(),
                registry,
                Map.of("log", edge.readiness(), "stream", stream.readiness()),
                Optional.of(edge.view())));
    await(stream::isRunning, "the flow");
    await(() -> edge.readiness().trouble().isEmpty(), "the edge");
    progress.ready("edge and flow", Duration.ofNanos(System.nanoTime() - begin));
  }

  private static void await(BooleanSupplier ready, String what) {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!ready.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw CommandException.unreachable(
            "%s was not ready within %d s; see the log in the data directory"
                .formatted(what, START_PATIENCE.toSeconds()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw CommandException.unreachable("stopped while waiting for " + what);
      }
    }
  }

  @Override
  public URI edge() {
    return URI.create("http://127.0.0.1:" + edge.port());
  }

  @Override
  public int maxBodyBytes() {
    return config.edge().maxBodyBytes();
  }

  @Override
  public TopicReader openTopics() {
    return new KafkaTopicReader(config.kafka(), serdes);
  }

  @Override
  public EventCounter counter() {
    // The number of parts in a delivery does not depend on any rule.
    Normalizer normalizer = new Normalizer(NormalizeRules.none());
    return (delivery, partition, offset) ->
        normalizer.normalize(sources, delivery, partition, offset).size();
  }

  @Override
  public String personId(String email) {
    return rules.ids().id("email", "", email);
  }

  @Override
  public Proof openProof() {
    return new TopicAudit(config, serdes, sources, rules, AuditScope.everything(), NAMED_FINDINGS);
  }

  @Override
  public Warehouse warehouse() {
    return new JdbcWarehouse(
        "%s?user=%s&password=%s"
            .formatted(endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword()));
  }

  @Override
  public List<String> underWay() {
    String prefix = config.stream().settings().prefix();
    List<String> behind = new ArrayList<>();
    behind.addAll(groups.behind(prefix + "-normalize", Topics.DELIVERIES_RECEIVED.name()));
    behind.addAll(groups.behind(prefix + "-records", Topics.RECORD_EVENTS.name()));
    // In this order: what was read from one may still have to be written to the next.
    behind.addAll(groups.behind(prefix + "-records", Topics.RECORDS_MERGED.name()));
    behind.addAll(groups.behind(prefix + "-records", Topics.RECORD_HISTORIES.name()));
    behind.addAll(groups.behind(prefix + "-engagement", Topics.ENGAGEMENT_EVENTS.name()));
    return behind;
  }

  @Override
  public List<String> addresses() {
    return List.of(
        "edge             %s/in/{source}".formatted(edge()),
        "metrics, health  http://127.0.0.1:%d".formatted(console.port()),
        "Kafka            " + endpoints.bootstrapServers(),
        "schema registry  " + endpoints.confluentUrl(),
        "Connect          " + endpoints.connectUrl(),
        "warehouse        psql " + endpoints.psqlUrl());
  }

  @Override
  public void close() {
    started.close();
  }
}
