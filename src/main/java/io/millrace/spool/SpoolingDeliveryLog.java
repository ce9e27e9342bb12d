package io.millrace.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that spools what another log cannot accept now, for sources with a spool, and passes it on
 * later under the same identity.
 *
 * <p>While the spool is not empty, further deliveries of those sources queue behind it, so that
 * each source's deliveries keep their order, except those that were pending when the log failed.
 * Other sources are not affected. A delivery may reach the log twice, always with the same id.
 */
public final class SpoolingDeliveryLog implements DeliveryLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolingDeliveryLog.class);

  private final DeliveryLog log;
  private final Predicate<String> spools;
  private final SpoolSettings settings;
  private final Duration drainTime;
  private final SpoolDirectory directory;
  private final SpoolStore store;
  private final SpoolWriter writer;
  private final SpoolDrainer drainer;
  private final SpoolMetrics metrics;
  private final Outage outage;

  /** An append may block, and its caller must not wait longer than edge.spool.patience. */
  private final ExecutorService appending = Executors.newVirtualThreadPerTaskExecutor();

  private SpoolingDeliveryLog(
      DeliveryLog log,
      Predicate<String> spools,
      SpoolSettings settings,
      Duration drainTime,
      SpoolDirectory directory,
      MeterRegistry registry,
      Clock clock) {
    this.log = log;
    this.spools = spools;
    this.settings = settings;
    this.drainTime = drainTime;
    this.directory = directory;
    store = SpoolStore.open(directory, clock);
    metrics = new SpoolMetrics(registry);
    outage = new Outage(directory, clock);
    Outcomes outcomes = new Outcomes();
    writer = new SpoolWriter(directory, store, outcomes, settings.limitBytes());
    SpoolPass pass =
        new SpoolPass(store, log, outcomes, new DeliveryCodec(store.schemas()), metrics);
    drainer = new SpoolDrainer(store, log, pass, outage, clock);
    metrics.watch(store, directory, drainer, settings.limitBytes());
  }

  /**
   * Opens the spool, creating its folder if necessary, and starts to drain it.
   *
   * @param log the destination of deliveries; not closed with this log
   * @param spools whether a source, given by name, is spooled
   * @param drainTime how long to continue draining on close, if the log is ready; may be zero
   * @throws SpoolException if the folder cannot be used, or another process uses it
   */
  public static SpoolingDeliveryLog open(
      DeliveryLog log,
      Predicate<String> spools,
      SpoolSettings settings,
      Duration drainTime,
      MeterRegistry registry,
      Clock clock) {
    SpoolDirectory directory = SpoolDirectory.take(settings.directory());
    try {
      SpoolingDeliveryLog spooling =
          new SpoolingDeliveryLog(log, spools, settings, drainTime, directory, registry, clock);
      spooling.start();
      return spooling;
    } catch (RuntimeException failure) {
      directory.close();
      throw failure;
    }
  }

  /** Whether a spool exists, which must be drained even if no source uses it any more. */
  public static boolean exists(SpoolSettings settings) {
    return SpoolDirectory.exists(settings.directory());
  }

  private void start() {
    if (store.waiting() > 0) {
      outage.found(store.waiting());
    }
    drainer.start();
  }

  @Override
  public CompletionStage<Void> append(Delivery delivery) {
    if (!spools.test(delivery.getSource())) {
      return log.append(delivery);
    }
    return writer.isEmpty() && log.isReady() ? pass(delivery) : spool(delivery, Optional.empty());
  }

  /** Appends to the log directly; spools if the log fails or takes too long. */
  private CompletableFuture<Void> pass(Delivery delivery) {
    CompletableFuture<Void> appended =
        CompletableFuture.supplyAsync(() -> log.append(delivery), appending)
            .thenCompose(Function.identity());
    return appended
        .copy()
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> spool(delivery, Optional.of(appended)));
  }

  /**
   * Writes a delivery to the spool.
   *
   * @param underWay a pending append whose outcome is used if the spool does not accept the
   *     delivery
   */
  private CompletableFuture<Void> spool(
      Delivery delivery, Optional<CompletableFuture<Void>> underWay) {
    return writer
        .write(DeliveryCodec.encode(delivery), underWay)
        .thenRun(
            () -> {
              metrics.spooled(delivery.getSource());
              outage.spooled();
            })
        .exceptionallyCompose(
            failure -> {
              metrics.refused(delivery.getSource());
              return underWay
                  .filter(outcome -> !outcome.isCompletedExceptionally())
                  .orElseGet(() -> CompletableFuture.failedFuture(failure));
            });
  }

  /**
   * Whether a delivery of some source would be acknowledged now. With capacity in the spool that is
   * true even while the log is unavailable: an edge that is not ready would receive nothing to
   * spool.
   */
  @Override
  public boolean isReady() {
    return log.isReady() || writer.hasCapacity();
  }

  /**
   * The arrival of the first delivery in the queue. Deliveries behind it may have arrived earlier,
   * by at most the time to read a request plus edge.spool.patience.
   */
  public Optional<Instant> oldest() {
    return drainer.lookForOldest();
  }

  /** Drains for a while if the log is ready; the rest is drained after the next start. */
  @Override
  public void close() {
    writer.close();
    drainer.stop(drainTime);
    if (store.waiting() > 0) {
      LOG.warn(
          "{} deliveries are left in the spool in {}; they are drained after the next start",
          store.waiting(),
          directory);
    }
    store.close();
    directory.close();
    appending.shutdown();
  }
}
