package io.millrace.spool;

import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes spooled deliveries to the log whenever the log is ready, in bounded passes. */
final class SpoolDrainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolDrainer.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration AFTER_DISK_FAILURE = Duration.ofSeconds(1);
  private static final int LOOKS_UNTIL_TIDY = 10;

  private final SpoolStore store;
  private final DeliveryLog log;
  private final SpoolPass pass;
  private final Outage outage;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile Optional<Instant> oldest = Optional.empty();
  private volatile long stopAt;
  private int emptyLooks = LOOKS_UNTIL_TIDY;

  SpoolDrainer(SpoolStore store, DeliveryLog log, SpoolPass pass, Outage outage, Clock clock) {
    this.store = store;
    this.log = log;
    this.pass = pass;
    this.outage = outage;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("spool-drainer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The age of the first delivery in the queue; zero if it is empty. */
  Duration oldestAge() {
    return oldest.map(since -> Duration.between(since, clock.instant())).orElse(Duration.ZERO);
  }

  private void run() {
    try {
      while (!isOver()) {
        try {
          step();
        } catch (SpoolException failure) {
          // The store has logged the failure, and reopens.
          stopping.await(AFTER_DISK_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException unexpected) {
          LOG.error("Draining the spool failed; it will be retried", unexpected);
          stopping.await(AFTER_DISK_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOver() {
    return isStopping()
        && (store.waiting() == 0 || !log.isReady() || System.nanoTime() - stopAt >= 0);
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void step() throws InterruptedException {
    store.awaitWaiting(LOOK_EVERY);
    if (store.waiting() == 0) {
      rest();
      return;
    }
    emptyLooks = 0;
    if (oldest.isEmpty()) {
      lookAtOldest();
    }
    if (!log.isReady()) {
      stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    boolean all = pass.run();
    lookAtOldest();
    if (!all) {
      stopping.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void rest() {
    outage.over();
    oldest = Optional.empty();
    if (!store.isUsable()) {
      store.recover();
    }
    if (emptyLooks < LOOKS_UNTIL_TIDY && ++emptyLooks == LOOKS_UNTIL_TIDY) {
      store.tidy();
    }
  }

  private void lookAtOldest() {
    oldest = lookForOldest();
  }

  /** The arrival of the first delivery in the spool. */
  Optional<Instant> lookForOldest() {
    return store.oldest(1, 1).stream()
        .findFirst()
        .flatMap(pass::decode)
        .map(Delivery::getReceivedAt);
  }

  /** Drains for a while if the log is ready, then stops; the rest stays for the next start. */
  void stop(Duration drainTime) {
    stopAt = System.nanoTime() + drainTime.toNanos();
    stopping.countDown();
    try {
      if (!thread.join(drainTime.plus(LOOK_EVERY))) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
