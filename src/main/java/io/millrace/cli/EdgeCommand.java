package io.millrace.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.app.Consoles;
import io.millrace.app.DeliveryLogFactory;
import io.millrace.app.EdgeProcess;
import io.millrace.app.Exit;
import io.millrace.app.Started;
import io.millrace.app.UntilStopped;
import io.millrace.config.Config;
import io.millrace.console.Console;
import io.millrace.console.Logging;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the edge against an existing cluster until it is stopped. */
@Command(
    name = "edge",
    description = {
      "Receives webhooks over HTTP, verifies them, and writes them to Kafka.",
      "Changes to the files of sources and secrets take effect without a restart.",
      "Runs until SIGTERM or Ctrl-C; then it finishes the requests in progress and exits."
    },
    mixinStandardHelpOptions = true)
public final class EdgeCommand implements Callable<Integer> {
  private final DeliveryLogFactory logs;

  @Mixin private ConfigOptions options = new ConfigOptions();

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  public EdgeCommand(DeliveryLogFactory logs) {
    this.logs = logs;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.toConsole();
    Config config = options.load();
    Started started = new Started();
    UntilStopped stop = UntilStopped.closing(started, "stop-edge");
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      EdgeProcess edge =
          started.add(
              EdgeProcess.start(
                  config, name -> Optional.ofNullable(System.getenv(name)), logs, registry));
      Console console =
          started.add(
              Consoles.start(
                  config.console(),
                  registry,
                  Map.of("log", edge.readiness()),
                  Optional.of(edge.view())));
      Say.to(
          spec,
          ("The edge accepts deliveries at %s://%s:%d/in/{source}; console with metrics, health"
                  + " and recent deliveries: http://%s:%d")
              .formatted(
                  config.edge().scheme(),
                  config.edge().host(),
                  edge.port(),
                  config.console().host(),
                  console.port()));
      Waiting.unlessSoon(
          spec,
          () -> edge.readiness().trouble().isEmpty(),
          ("Waiting for Kafka at %s. Until it answers, deliveries are spooled, or answered with 503"
                  + " so that their senders retry")
              .formatted(config.kafka().bootstrapServers()));
      if (edge.sources() == 0) {
        Say.to(
            spec,
            "No source is connected, so every delivery is answered with 404. Add a file to "
                + config.topology().sources()
                + "; no restart is needed.");
      }
      stop.await();
      return Exit.DONE;
    } finally {
      started.close();
    }
  }
}
