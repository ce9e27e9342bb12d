package io.millrace.spool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when deliveries begin to go to the spool, and when it is empty again. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final SpoolDirectory directory;
  private final Clock clock;
  private Optional<Instant> since = Optional.empty();
  private long spooled;

  Outage(SpoolDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Logs that an earlier process left deliveries. */
  synchronized void found(int waiting) {
    LOG.warn(
        "{} deliveries from an earlier run are in the spool in {}; they go to Kafka before new ones",
        waiting,
        directory);
    since = Optional.of(clock.instant());
    spooled = waiting;
  }

  /** Counts a spooled delivery. */
  synchronized void spooled() {
    if (since.isEmpty()) {
      LOG.warn("Kafka is not accepting deliveries; they now go to the spool in {}", directory);
      since = Optional.of(clock.instant());
    }
    spooled++;
  }

  /** Logs that the spool is empty. */
  synchronized void over() {
    if (since.isPresent()) {
      LOG.info(
          "The spool is empty again: {} deliveries passed through it in {}",
          spooled,
          Duration.between(since.get(), clock.instant()));
      since = Optional.empty();
      spooled = 0;
    }
  }
}
