package io.millrace.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.Config;
import io.millrace.console.ReadinessCheck;
import io.millrace.edge.DeliveryLog;
import io.millrace.edge.Edge;
import io.millrace.edge.InvalidTlsException;
import io.millrace.source.InvalidSourcesException;
import io.millrace.source.Sources;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** The edge with the log it writes to; closing drains the one and then closes the other. */
final class EdgeProcess implements AutoCloseable {
  private final Started started = new Started();
  private final DeliveryLog log;
  private final Edge edge;
  private final int sources;

  private EdgeProcess(
      Config config, Sources sources, DeliveryLogFactory logs, PrometheusMeterRegistry registry) {
    log = logs.open(config, registry);
    if (log instanceof AutoCloseable closeable) {
      started.add(closeable);
    }
    this.sources = sources.all().size();
    edge = new Edge(config.edge(), sources, log, registry, Clock.systemUTC());
  }

  /**
   * Starts all of it, or nothing.
   *
   * @param environment looks up the variables secrets are referred to by
   * @throws CommandException saying what is wrong, and how to mend it
   */
  static EdgeProcess start(
      Config config,
      Function<String, Optional<String>> environment,
      DeliveryLogFactory logs,
      PrometheusMeterRegistry registry) {
    EdgeProcess process = new EdgeProcess(config, sources(config, environment), logs, registry);
    try {
      process.edge.start();
      process.started.add(process.edge);
      return process;
    } catch (InvalidTlsException invalid) {
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

  private static Sources sources(Config config, Function<String, Optional<String>> environment) {
    try {
      Sources sources =
          Sources.load(
              config.topology().sources(),
              Catalogues.load(config.topology().catalogue()),
              environment);
      sources.requireProof(Clock.systemUTC().instant());
      return sources;
    } catch (InvalidSourcesException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /** How many are connected. */
  int sources() {
    return sources;
  }

  int port() {
    return edge.port();
  }

  /** Whether a delivery could be stored now. */
  ReadinessCheck readiness() {
    return ReadinessCheck.of(
        log::isReady, "A delivery could not be stored now; check Kafka and its topics");
  }

  @Override
  public void close() {
    started.close();
  }
}
