package io.millrace.spool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The outcomes of appends whose entries are still in the queue: pending, stored, or failed. A
 * stored entry is not appended again, even if it could not be removed yet.
 */
final class Outcomes {
  private final Map<Long, CompletableFuture<Void>> bySequence = new ConcurrentHashMap<>();

  void put(long sequence, CompletableFuture<Void> outcome) {
    bySequence.put(sequence, outcome);
  }

  /** The append that is pending or has succeeded; empty if there is none. */
  Optional<CompletableFuture<Void>> find(long sequence) {
    return Optional.ofNullable(bySequence.get(sequence))
        .filter(outcome -> !outcome.isCompletedExceptionally());
  }

  void forget(long sequence) {
    bySequence.remove(sequence);
  }
}
