package io.millrace.spool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of appending entries that are still in the queue: under way, done, or failed. What
 * is done is not appended again, even if it could not be removed yet.
 */
final class Outcomes {
  private final Map<Long, CompletableFuture<Void>> bySequence = new ConcurrentHashMap<>();

  void put(long sequence, CompletableFuture<Void> outcome) {
    bySequence.put(sequence, outcome);
  }

  /** The append that may still succeed, or has; nothing if there is none. */
  Optional<CompletableFuture<Void>> find(long sequence) {
    return Optional.ofNullable(bySequence.get(sequence))
        .filter(outcome -> !outcome.isCompletedExceptionally());
  }

  void forget(long sequence) {
    bySequence.remove(sequence);
  }
}
