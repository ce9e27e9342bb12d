package io.millrace.console;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server for operators: metrics, health, and what the edge received. */
public final class Console implements AutoCloseable {
  /** The content type of Prometheus' text format, version 0.0.4. */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private static final String INDEX =
      """
      <!doctype html>
      <html lang="en">
      <title>Millrace</title>
      <h1>Millrace</h1>
      <ul>
      <li><a href="/metrics">/metrics</a>: figures, for Prometheus
      <li><a href="/health/live">/health/live</a>: whether the process lives
      <li><a href="/health/ready">/health/ready</a>: whether it can do its work, part by part
      <li><a href="/api/deliveries">/api/deliveries</a>: the last deliveries, where an edge runs
      <li><a href="/api/sources">/api/sources</a>: the connected sources, where an edge runs
      </ul>
      </html>
      """;

  private final ConsoleSettings settings;
  private final PrometheusMeterRegistry registry;
  private final TellReadiness tellReadiness;
  private final ProcessMetrics processMetrics;
  private final GuardApi guard;
  private final OperatorApi api;
  private final Javalin server;

  /**
   * @param checks what has to be well for the process to be ready, by name
   * @param edge the edge of this process, if it has one
   * @param token what the operator API asks for; without one it answers only on this machine itself
   */
  public Console(
      ConsoleSettings settings,
      PrometheusMeterRegistry registry,
      Map<String, ReadinessCheck> checks,
      Optional<EdgeView> edge,
      Optional<String> token) {
    this.settings = settings;
    this.registry = registry;
    tellReadiness = new TellReadiness(checks);
    processMetrics = new ProcessMetrics(registry);
    guard = new GuardApi(settings.host(), token);
    api = new OperatorApi(guard, edge, Clock.systemUTC());
    server = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.concurrency.useVirtualThreads = true;
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.routes.get("/", context -> context.html(INDEX));
    config.routes.get("/metrics", this::tellMetrics);
    config.routes.get("/health/live", Console::tellLive);
    config.routes.get("/health/ready", tellReadiness);
    api.addTo(config.routes);
  }

  /**
   * Starts listening.
   *
   * @throws UncheckedIOException if the port is taken or may not be used, saying which
   */
  public void start() {
    try {
      server.start();
      if (!guard.isOpen()) {
        LOG.warn(
            "The console listens on {}, which others can reach, and console.token is not set: the"
                + " operator API is closed",
            settings.host());
      }
    } catch (JavalinBindException refused) {
      processMetrics.close();
      throw new UncheckedIOException(
          ("The console cannot listen on %s:%d: the port is taken or not allowed;"
                  + " stop what uses it, or choose another")
              .formatted(settings.host(), settings.port()),
          new BindException(refused.getMessage()));
    }
  }

  /** The port it listens on, also where settings left the choice open. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    processMetrics.close();
  }

  private void tellMetrics(Context context) {
    context.contentType(METRICS_TYPE).result(registry.scrape(METRICS_TYPE));
  }

  private static void tellLive(Context context) {
    context.contentType("application/json").result("{\"status\": \"live\"}");
  }
}
