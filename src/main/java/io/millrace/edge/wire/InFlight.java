package io.millrace.edge.wire;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** The start times of operations that are in progress. Thread-safe. */
public final class InFlight {
  private final TreeMap<Instant, Integer> begun = new TreeMap<>();

  public synchronized void begin(Instant moment) {
    begun.merge(moment, 1, Integer::sum);
  }

  public synchronized void end(Instant moment) {
    begun.computeIfPresent(moment, (known, times) -> times == 1 ? null : times - 1);
  }

  public synchronized Optional<Instant> earliest() {
    return begun.isEmpty() ? Optional.empty() : Optional.of(begun.firstKey());
  }
}
