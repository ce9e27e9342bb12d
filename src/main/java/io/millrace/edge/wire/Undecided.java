package io.millrace.edge.wire;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** The moments of what has begun and not ended. Safe for many threads. */
public final class Undecided {
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
