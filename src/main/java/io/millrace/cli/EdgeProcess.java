package io.millrace.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.Config;
import io.millrace.console.Console;
import io.millrace.console.ConsoleSettings;
import io.millrace.console.ReadinessCheck;
import io.millrace.edge.DeliveryLog;
import io.millrace.edge.Edge;
import io.millrace.edge.EdgeSettings;
import io.millrace.source.Catalogue;
import io.millrace.source.InvalidSourcesException;
import io.millrace.source.Sources;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** The edge with its log and its console; closing stops them in reverse. */
final class EdgeProcess implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private int edgePort;
  private int consolePort;

  private EdgeProcess() {}

  /**
   * Starts all of it, or nothing.
   *
   * @throws CommandException saying what is wrong, and how to mend it
   */
  static EdgeProcess start(Config config, DeliveryLogFactory logs) {
    EdgeProcess process = new EdgeProcess();
    try {
      process.startParts(config, logs);
      return process;
    } catch (InvalidSourcesException invalid) {
      process.close();
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    } catch (UncheckedIOException unreachable) {
      process.close();
      throw CommandException.unreachable(String.valueOf(unreachable.getMessage()));
    } catch (RuntimeException failure) {
      process.close();
      throw failure;
    }
  }

  int edgePort() {
    return edgePort;
  }

  int consolePort() {
    return consolePort;
  }

  private void startParts(Config config, DeliveryLogFactory logs) {
    Sources sources =
        Sources.load(
            config.topology().sources(),
            Catalogue.bundled(),
            name -> Optional.ofNullable(System.getenv(name)));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    DeliveryLog log = logs.open(config, registry);
    if (log instanceof AutoCloseable closeable) {
      started.push(closeable);
    }
    consolePort = startConsole(config.console(), registry, log);
    edgePort = startEdge(config.edge(), sources, registry, log);
  }

  private int startConsole(
      ConsoleSettings settings, PrometheusMeterRegistry registry, DeliveryLog log) {
    Console console =
        new Console(
            settings,
            registry,
            Map.of(
                "log",
                ReadinessCheck.of(
                    log::isReady, "A delivery could not be stored now; check Kafka")));
    console.start();
    started.push(console);
    return console.port();
  }

  private int startEdge(
      EdgeSettings settings, Sources sources, PrometheusMeterRegistry registry, DeliveryLog log) {
    Edge edge = new Edge(settings, sources, log, registry, Clock.systemUTC());
    edge.start();
    started.push(edge);
    return edge.port();
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        // The others still have to be closed, and the process ends either way.
        System.err.println("millrace: while stopping: " + failure);
      }
    }
  }
}
