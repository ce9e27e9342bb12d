package io.millrace.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.app.Consoles;
import io.millrace.app.Exit;
import io.millrace.app.Provision;
import io.millrace.app.Started;
import io.millrace.app.StreamProcess;
import io.millrace.app.UntilStopped;
import io.millrace.config.Config;
import io.millrace.console.Console;
import io.millrace.console.Logging;
import io.millrace.kafka.topic.ProvisioningException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the flow against an existing cluster until it is stopped. */
@Command(
    name = "stream",
    description = {
      "Turns deliveries into clean, ordered, scored events: the Kafka Streams applications.",
      "Creates missing topics, schemas and connectors. Runs until SIGTERM or Ctrl-C."
    },
    mixinStandardHelpOptions = true)
public final class StreamCommand implements Callable<Integer> {
  /** It starts together with the servers it needs, more often than other commands. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description =
          "Roles to run in this process: any of normalize,records,engagement,identity (default: all).")
  private Optional<String> roles = Optional.empty();

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Logging.toConsole();
    Config config =
        options.load(roles.map(given -> Map.of("stream.roles", given)).orElse(Map.of()));
    Started started = new Started();
    UntilStopped stop = UntilStopped.closing(started, "stop-stream");
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      Servers.await(spec, config, PATIENCE);
      Waiting.on(spec, "Creating topics and schemas", () -> Provision.topicsAndSchemas(config));
      Waiting.on(
          spec,
          "Waiting for Kafka Connect at " + config.connect().url(),
          () -> putConnectors(config));
      StreamProcess stream = started.add(StreamProcess.start(config, registry));
      Console console =
          started.add(
              Consoles.start(
                  config.console(),
                  registry,
                  Map.of("stream", stream.readiness()),
                  Optional.empty()));
      Say.to(
          spec,
          "The flow runs %s; metrics and health: http://%s:%d"
              .formatted(
                  String.join(", ", new TreeSet<>(config.stream().roles())),
                  config.console().host(),
                  console.port()));
      stop.await();
      return Exit.DONE;
    } finally {
      started.close();
    }
  }

  /** The flow works without the sinks, so a failure is reported but not fatal. */
  private void putConnectors(Config config) {
    try {
      Provision.connectors(config);
    } catch (ProvisioningException failure) {
      Say.to(
          spec,
          ("The connectors could not be deployed, so the warehouse may not be updated: %s."
                  + " Restart to retry.")
              .formatted(failure.getMessage()));
    }
  }
}
