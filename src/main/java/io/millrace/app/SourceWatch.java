package io.millrace.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.source.SourceFolder;
import io.millrace.source.SourceFolder.Look;
import io.millrace.source.Sources;
import io.millrace.yaml.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changed sources while the process runs. It polls, because files mounted into a container
 * change by swapped links, and on network file systems notifications arrive late or never.
 */
final class SourceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
  private static final String OK = "ok";
  private static final String FAILED = "failed";

  private final SourceFolder folder;
  private final String part;
  private final Consumer<Sources> use;
  private final MeterRegistry registry;
  private final Clock clock;
  private final ScheduledExecutorService looking;
  private volatile long lastGoodSeconds;

  /**
   * Watches a folder that has just been read.
   *
   * @param part the user of the sources, {@code edge} or {@code stream}; part of the metric names
   * @param use takes every new set of sources, always a valid one
   */
  SourceWatch(
      SourceFolder folder,
      String part,
      Consumer<Sources> use,
      MeterRegistry registry,
      Clock clock) {
    this.folder = folder;
    this.part = part;
    this.use = use;
    this.registry = registry;
    this.clock = clock;
    this.looking =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("watch-sources-" + part).factory());
    lastGoodSeconds = clock.instant().getEpochSecond();
    Gauge.builder(name("last.reload"), () -> lastGoodSeconds)
        .description("Time when the sources in use were read, in seconds since 1970")
        .baseUnit("seconds")
        .register(registry);
    counter(OK);
    counter(FAILED);
  }

  /** Checks the folder periodically until closed. */
  SourceWatch every(Duration interval) {
    // Runs until it is closed.
    ScheduledFuture<?> unused =
        looking.scheduleWithFixedDelay(
            this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void look() {
    take(folder::look);
  }

  /** Checks immediately, without waiting for a change to settle. */
  void lookNow() {
    take(folder::lookNow);
  }

  private interface Glance {
    Look take();
  }

  private synchronized void take(Glance glance) {
    try {
      switch (glance.take()) {
        case Look.Unchanged unchanged -> {}
        case Look.Unsettled unsettled -> {}
        case Look.Changed changed -> {
          use.accept(changed.sources());
          lastGoodSeconds = clock.instant().getEpochSecond();
          counter(OK).increment();
          LOG.info("The sources changed; {} are now in use", changed.sources().all().size());
        }
        case Look.Invalid invalid -> {
          counter(FAILED).increment();
          invalid.faults().forEach(SourceWatch::complain);
        }
      }
    } catch (RuntimeException failure) {
      // If rethrown, it would stop the watch permanently.
      counter(FAILED).increment();
      LOG.error("The sources could not be checked; the previous ones stay in use", failure);
    }
  }

  private static void complain(Fault fault) {
    LOG.error("The changed sources are invalid; the previous ones stay in use. {}", fault);
  }

  private Counter counter(String result) {
    return Counter.builder(name("reload"))
        .description("Changes of the source files, by result: ok if they were applied, else failed")
        .tag("result", result)
        .register(registry);
  }

  private String name(String figure) {
    return "millrace.%s.sources.%s".formatted(part, figure).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
