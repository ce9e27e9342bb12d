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
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server for operators: metrics, health, and the last deliveries. */
public final class Console implements AutoCloseable {
  /** The content type of Prometheus' text format, version 0.0.4. */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Enough for health and metrics while the operator API is busy. */
  private static final int MAX_THREADS = 24;

  private static final int MIN_THREADS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private static final String INDEX =
      """
      <!doctype html>
      <html lang="en">
      <title>Millrace</title>
      <h1>Millrace</h1>
      <ul>
      <li><a href="/metrics">/metrics</a>: metrics for Prometheus
      <li><a href="/health/live">/health/live</a>: whether the process is alive
      <li><a href="/health/ready">/health/ready</a>: whether it can do its work, by component
      <li><a href="/api/deliveries">/api/deliveries</a>: the last deliveries, if this process has an edge
      <li><a href="/api/sources">/api/sources</a>: the connected sources, if this process has an edge
      </ul>
      </html>
      """;

  private final ConsoleSettings settings;
  private final PrometheusMeterRegistry registry;
  private final AnswerReadiness answerReadiness;
  private final ProcessMetrics processMetrics;
  private final GuardApi guard;
  private final OperatorApi api;
  private final Javalin server;

  /**
   * @param checks the checks that decide whether the process is ready, by name
   * @param edge the edge of this process, if it has one
   * @param token the token of the operator API; without one it answers only on this machine
   */
  public Console(
      ConsoleSettings settings,
      PrometheusMeterRegistry registry,
      Map<String, ReadinessCheck> checks,
      Optional<EdgeView> edge,
      Optional<String> token) {
    this.settings = settings;
    this.registry = registry;
    answerReadiness = new AnswerReadiness(checks);
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
    // Threads of its own: virtual ones share their carriers with the edge, which must not wait.
    config.concurrency.useVirtualThreads = false;
    config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.routes.get("/", context -> context.html(INDEX));
    config.routes.get("/metrics", this::answerMetrics);
    config.routes.get("/health/live", Console::answerLive);
    config.routes.get("/health/ready", answerReadiness);
    api.addTo(config.routes);
  }

  /**
   * Starts listening.
   *
   * @throws UncheckedIOException if the port is taken or not allowed; the message names it
   */
  public void start() {
    try {
      server.start();
      if (!guard.isOpen()) {
        LOG.warn(
            "The console is listening on {}, which other machines can reach, without console.token:"
                + " the operator API is disabled",
            settings.host());
      }
    } catch (JavalinBindException refused) {
      processMetrics.close();
      throw new UncheckedIOException(
          ("The console cannot listen on %s:%d: the port is taken or not allowed;"
                  + " stop the process that uses it, or choose another port")
              .formatted(settings.host(), settings.port()),
          new BindException(refused.getMessage()));
    }
  }

  /** The port it listens on, even if the settings asked for any free port. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    processMetrics.close();
  }

  private void answerMetrics(Context context) {
    guard.checkHostOnLoopback(context);
    context.contentType(METRICS_TYPE).result(registry.scrape(METRICS_TYPE));
  }

  private static void answerLive(Context context) {
    context.contentType("application/json").result("{\"status\": \"live\"}");
  }
}
