package io.millrace.spool;

import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import io.millrace.model.LogField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the oldest entries and removes those that the log has stored. A pass is small after a
 * failure, because some of the appends pending together may fail and others succeed; it is always
 * bounded, so that live deliveries get their turn.
 */
final class SpoolPass {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolPass.class);
  private static final String UNKNOWN = "unknown";
  private static final int CAREFUL = 16;
  private static final int FAST = 512;
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  /** Longer than the timeout of a log. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** After how many failures an entry is set aside while later ones of its source succeed. */
  private static final int MOST_STRIKES = 5;

  /** An entry and its outcome; {@code sent} if it was appended in this pass. */
  private record Attempt(
      SpoolEntry entry, String source, String id, CompletableFuture<Void> outcome, boolean sent) {
    boolean succeeded() {
      return outcome.isDone() && !outcome.isCompletedExceptionally();
    }
  }

  private final SpoolStore store;
  private final DeliveryLog log;
  private final Outcomes outcomes;
  private final DeliveryCodec codec;
  private final SpoolMetrics metrics;
  private final Map<Long, Integer> strikes = new HashMap<>();
  private int atMost = CAREFUL;

  SpoolPass(
      SpoolStore store,
      DeliveryLog log,
      Outcomes outcomes,
      DeliveryCodec codec,
      SpoolMetrics metrics) {
    this.store = store;
    this.log = log;
    this.outcomes = outcomes;
    this.codec = codec;
    this.metrics = metrics;
  }

  /** Runs one pass; true if all its entries were stored. */
  boolean run() throws InterruptedException {
    List<SpoolEntry> entries = store.oldest(atMost, MOST_BYTES);
    List<Attempt> attempts = append(entries);
    await(attempts);
    remove(attempts.stream().filter(Attempt::succeeded).toList());
    boolean all =
        attempts.size() == entries.size() && attempts.stream().allMatch(Attempt::succeeded);
    atMost = all ? FAST : CAREFUL;
    if (!all) {
      judge(attempts);
    }
    return all;
  }

  /** Decodes the delivery of an entry; empty if it cannot be decoded. */
  Optional<Delivery> decode(SpoolEntry entry) {
    try {
      return Optional.of(codec.decode(entry.bytes()));
    } catch (SpoolException undecodable) {
      return Optional.empty();
    }
  }

  private List<Attempt> append(List<SpoolEntry> entries) throws InterruptedException {
    List<Attempt> attempts = new ArrayList<>();
    for (SpoolEntry entry : entries) {
      Delivery delivery;
      try {
        delivery = codec.decode(entry.bytes());
      } catch (SpoolException undecodable) {
        setAside(entry, UNKNOWN, UNKNOWN, String.valueOf(undecodable.getMessage()));
        continue;
      }
      Attempt attempt = append(entry, delivery);
      attempts.add(attempt);
      if (attempt.outcome().isCompletedExceptionally() && !log.isReady()) {
        break;
      }
    }
    return attempts;
  }

  private Attempt append(SpoolEntry entry, Delivery delivery) throws InterruptedException {
    Optional<CompletableFuture<Void>> known = settled(entry.sequence());
    CompletableFuture<Void> outcome =
        known.orElseGet(
            () -> {
              CompletableFuture<Void> started = start(delivery);
              outcomes.put(entry.sequence(), started);
              return started;
            });
    return new Attempt(
        entry, delivery.getSource(), delivery.getDeliveryId(), outcome, known.isEmpty());
  }

  /** Finds an earlier append that succeeded; waits for a pending one, to keep the order. */
  private Optional<CompletableFuture<Void>> settled(long sequence) throws InterruptedException {
    Optional<CompletableFuture<Void>> known = outcomes.find(sequence);
    if (known.isPresent()) {
      await(known.get());
    }
    return known.filter(outcome -> outcome.isDone() && !outcome.isCompletedExceptionally());
  }

  private CompletableFuture<Void> start(Delivery delivery) {
    try {
      return log.append(delivery).toCompletableFuture();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static void await(List<Attempt> attempts) throws InterruptedException {
    await(
        CompletableFuture.allOf(
            attempts.stream().map(Attempt::outcome).toArray(CompletableFuture<?>[]::new)));
  }

  private static void await(CompletableFuture<Void> outcome) throws InterruptedException {
    try {
      outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException seenLater) {
      LOG.debug("Not appended: {}", seenLater.toString());
    }
  }

  private void remove(List<Attempt> done) {
    store.remove(done.stream().map(Attempt::entry).toList());
    for (Attempt each : done) {
      outcomes.forget(each.entry().sequence());
      strikes.remove(each.entry().sequence());
      metrics.drained(each.source());
    }
  }

  /** Sets aside entries that block the queue: those that fail repeatedly while others succeed. */
  private void judge(List<Attempt> attempts) {
    Set<String> succeededLater = new HashSet<>();
    for (Attempt attempt : attempts.reversed()) {
      if (attempt.succeeded()) {
        if (attempt.sent()) {
          succeededLater.add(attempt.source());
        }
      } else if (succeededLater.contains(attempt.source())
          && strikes.merge(attempt.entry().sequence(), 1, Integer::sum) >= MOST_STRIKES) {
        setAside(attempt.entry(), attempt.source(), attempt.id(), cause(attempt));
      }
    }
  }

  private void setAside(SpoolEntry entry, String source, String id, String why) {
    store.setAside(entry);
    outcomes.forget(entry.sequence());
    strikes.remove(entry.sequence());
    metrics.setAside(source);
    LOG.atError()
        .addKeyValue(LogField.DELIVERY_ID, id)
        .addKeyValue(LogField.SOURCE, source)
        .log(
            "A spooled delivery was set aside until the next start of the edge, because it failed: {}",
            why);
  }

  private static String cause(Attempt attempt) {
    return attempt.outcome().isCompletedExceptionally()
        ? String.valueOf(attempt.outcome().exceptionNow())
        : "no answer";
  }
}
