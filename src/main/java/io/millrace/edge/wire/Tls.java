package io.millrace.edge.wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of the edge. The files are read again when they change. Open connections keep the
 * certificate they began with, and if a new pair cannot be used, the old one stays in use.
 */
public final class Tls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final String EXPIRED =
      "The certificate of the edge is valid from {} to {}; senders will refuse it";

  private final TlsSettings settings;
  private final MeterRegistry registry;
  private final Clock clock;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("edge-tls-reload").factory());
  private PemFiles files;
  private Optional<String> problem = Optional.empty();
  private volatile TlsIdentity identity;

  private Tls(TlsSettings settings, MeterRegistry registry, Clock clock) {
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    files = PemFiles.read(settings);
    identity = TlsIdentity.of(files, settings);
    warnIfNotValid();
    factory.setSslContext(identity.context());
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.addExcludeCipherSuites(".*_CBC_.*");
    factory.setRenegotiationAllowed(false);
    factory.setNeedClientAuth(settings.clientCa().isPresent());
  }

  /**
   * Reads the files, and watches them for changes.
   *
   * @throws InvalidTlsException if they cannot be used
   */
  public static Tls open(TlsSettings settings, MeterRegistry registry, Clock clock) {
    Tls tls = new Tls(settings, registry, clock);
    Gauge.builder("millrace.edge.tls.expiry", tls, Tls::secondsToExpiry)
        .description("Time until the certificate of the edge expires")
        .baseUnit("seconds")
        .register(registry);
    long millis = settings.reloadInterval().toMillis();
    // Runs until the executor is shut down.
    var unused =
        tls.watch.scheduleWithFixedDelay(tls::check, millis, millis, TimeUnit.MILLISECONDS);
    return tls;
  }

  public SslContextFactory.Server factory() {
    return factory;
  }

  private void check() {
    try {
      PemFiles now = PemFiles.read(settings);
      if (now.equals(files)) {
        problem = Optional.empty();
        return;
      }
      TlsIdentity changed = TlsIdentity.of(now, settings);
      factory.reload(same -> same.setSslContext(changed.context()));
      files = now;
      identity = changed;
      problem = Optional.empty();
      count("done");
      LOG.info(
          "The edge is using a new certificate, valid until {}",
          changed.certificate().getNotAfter().toInstant());
      warnIfNotValid();
    } catch (Exception failure) {
      keep(String.valueOf(failure.getMessage()));
    }
  }

  /** Logs each problem once, not every time the files are checked. */
  private void keep(String message) {
    if (!problem.equals(Optional.of(message))) {
      problem = Optional.of(message);
      count("failed");
      LOG.error(
          "The edge keeps its old certificate, because the new one cannot be used: {}", message);
    }
  }

  private void count(String result) {
    Counter.builder("millrace.edge.tls.reloads")
        .description("Reloads of the edge's certificate, by result")
        .tag("result", result)
        .register(registry)
        .increment();
  }

  private void warnIfNotValid() {
    var from = identity.certificate().getNotBefore().toInstant();
    var until = identity.certificate().getNotAfter().toInstant();
    if (clock.instant().isBefore(from) || clock.instant().isAfter(until)) {
      LOG.warn(EXPIRED, from, until);
    }
  }

  private double secondsToExpiry() {
    return Duration.between(clock.instant(), identity.certificate().getNotAfter().toInstant())
        .toSeconds();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
