package io.millrace.edge;

import io.github.bucket4j.TimeMeter;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.admit.BodyReader;
import io.millrace.edge.admit.ConnectedSources;
import io.millrace.edge.admit.ConnectionCapacity;
import io.millrace.edge.admit.TrustedProxies;
import io.millrace.edge.inspect.Inspector;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.edge.wire.InvalidTlsException;
import io.millrace.edge.wire.JettyProblems;
import io.millrace.edge.wire.Listener;
import io.millrace.edge.wire.OpenRequests;
import io.millrace.edge.wire.RouteProblems;
import io.millrace.edge.wire.Tls;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that receives deliveries. It answers 2xx only after the {@link DeliveryLog} has
 * stored them.
 */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final int UNCERTAIN_CAPACITY = 10_000;
  private static final Duration UNCERTAIN_LIFETIME = Duration.ofMinutes(15);

  private static final int ANSWER_BYTES = 512;

  private static final Duration SECRETS_EVERY = Duration.ofMinutes(1);

  /**
   * The most impatient senders give up after one to two seconds (Amplitude), others after three.
   */
  private static final Duration SENDERS_PATIENCE = Duration.ofSeconds(1);

  private final EdgeSettings settings;
  private final Draining draining = new Draining();
  private final OpenRequests open;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Handler receiveDelivery;
  private final Handler answerHandshake;
  private final AnswerHealth answerHealth;
  private final Inspector inspector;
  private final ConnectedSources connected;
  private final ConnectionCapacity connections;
  private final SecretWatch secretWatch;
  private final ScheduledExecutorService timing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("edge-time-limits").factory());
  private final ScheduledExecutorService watching =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("watch-secrets").factory());
  private final Javalin server;
  private Optional<Tls> tls = Optional.empty();
  private volatile int port;

  /**
   * @param clock gives the time of arrivals, and the time that the age of signatures is measured
   *     against
   */
  public Edge(
      EdgeSettings settings,
      Sources sources,
      DeliveryLog log,
      MeterRegistry registry,
      Clock clock) {
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    open = new OpenRequests(clock);
    connected = new ConnectedSources(sources);
    SecretUses uses = new SecretUses(registry, clock);
    secretWatch = new SecretWatch(connected, uses, settings.unusedSecretAfter(), registry, clock);
    inspector = new Inspector(settings.inspector(), clock, connected::secrets);
    EdgeMetrics metrics = new EdgeMetrics(registry);
    Admission admission = new Admission(settings.network().limits(), TimeMeter.SYSTEM_NANOTIME);
    admission.measure(registry);
    TrustedProxies proxies = new TrustedProxies(settings.network().proxies());
    connections =
        new ConnectionCapacity(
            settings.network().limits().connections(),
            address -> proxies.isTrusted(address) || admission.isKnown(address),
            TimeMeter.SYSTEM_NANOTIME);
    connections.measure(registry);
    RequestReader requests =
        new RequestReader(new BodyReader(settings.maxBodyBytes(), settings.requestTimeout()));
    ReceiveDelivery deliveries =
        new ReceiveDelivery(
            draining,
            admission,
            requests,
            HeapBudget.verification(settings),
            new VerifyRequest(admission, uses, metrics),
            new ReplayGuard(settings.replay(), registry, clock),
            storing(log));
    Exchanges exchanges =
        new Exchanges(
            connected, proxies, clock, metrics, new Inspections(inspector), new OutcomeLog(timing));
    receiveDelivery = exchanges.handler(deliveries::receive);
    answerHandshake = exchanges.handler(new AnswerHandshake(admission, requests)::answer);
    answerHealth = new AnswerHealth(log, draining);
    server = Javalin.create(this::configure);
  }

  private StoreDelivery storing(DeliveryLog log) {
    return new StoreDelivery(
        log,
        new DeliveryIds(new SecureRandom()),
        new UncertainDeliveries(UNCERTAIN_CAPACITY, UNCERTAIN_LIFETIME, clock),
        settings.appendTimeout(),
        SENDERS_PATIENCE,
        timing);
  }

  private void addRoutes(RoutesConfig routes) {
    routes.post("/in/{source}", receiveDelivery);
    routes.post("/in/{source}/{token}", receiveDelivery);
    routes.get("/in/{source}", answerHandshake);
    routes.get("/in/{source}/{token}", answerHandshake);
    routes.head("/in/{source}", answerHandshake);
    routes.head("/in/{source}/{token}", answerHandshake);
    routes.get("/health/live", answerHealth::live);
    routes.get("/health/ready", answerHealth::ready);
    new RouteProblems().addTo(routes);
  }

  /**
   * Starts listening.
   *
   * @throws UncheckedIOException if the port is taken or not allowed; the message names it
   * @throws InvalidTlsException if its certificate and key cannot be used; the message says why
   */
  public void start() {
    tls = settings.network().tls().map(files -> Tls.open(files, registry, clock));
    try {
      server.start();
    } catch (JavalinBindException refused) {
      tls.ifPresent(Tls::close);
      timing.shutdownNow();
      watching.shutdownNow();
      throw new UncheckedIOException(
          ("The edge cannot listen on %s:%d: the port is taken or not allowed;"
                  + " stop the process that uses it, or choose another port")
              .formatted(settings.host(), settings.port()),
          new BindException(refused.getMessage()));
    }
    port = server.port();
    // Runs until the edge is closed.
    ScheduledFuture<?> unused =
        watching.scheduleWithFixedDelay(
            secretWatch::look, 0, SECRETS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    LOG.info("The edge is listening on {}://{}:{}", settings.scheme(), settings.host(), port);
  }

  /**
   * Accepts deliveries for exactly these sources from now on. Requests in progress continue with
   * the source as it was when they arrived.
   */
  public void connect(Sources sources) {
    connected.replace(sources);
    secretWatch.look();
  }

  /** The port it listens on once started, even if the settings asked for any free port. */
  public int port() {
    return port;
  }

  /**
   * The start of the earliest request that is still being answered; none of them arrived earlier.
   */
  public Optional<Instant> earliestOpen() {
    return open.earliest();
  }

  /** The sources connected now, by name. */
  public List<Source> sources() {
    return connected.sources();
  }

  /** The most recent requests, verified or not. */
  public Inspector inspector() {
    return inspector;
  }

  /**
   * Drains, then stops: refuses new deliveries, waits for those in progress, and only then closes
   * the port.
   */
  @Override
  public void close() {
    if (!draining.begin()) {
      return;
    }
    try {
      if (!open.awaitNone(settings.drainTime())) {
        LOG.warn(
            "Some requests were not answered within {}; their senders will retry",
            settings.drainTime());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      server.stop();
      watching.shutdownNow();
      tls.ifPresent(Tls::close);
      timing.shutdownNow();
    }
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    // Fits one answer; the server library would clear its 32 kB for each answer.
    config.http.responseBufferSize = ANSWER_BYTES;
    Listener listener = new Listener(settings, connections);
    config.jetty.threadPool = Listener.threads();
    config.jetty.modifyHttpConfiguration(listener::configure);
    config.jetty.addConnector((jetty, http) -> listener.connector(jetty, http, tls));
    config.jetty.modifyServer(
        jetty -> {
          listener.guard(jetty);
          jetty.insertHandler(open);
          jetty.setErrorHandler(new JettyProblems());
          jetty.setStopTimeout(0);
        });
    addRoutes(config.routes);
  }
}
