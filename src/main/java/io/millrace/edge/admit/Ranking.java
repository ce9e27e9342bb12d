package io.millrace.edge.admit;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.TreeMap;

/** Things by weight; finds the heaviest at once, of equal ones the first that became as heavy. */
final class Ranking<T> {
  private final TreeMap<Long, LinkedHashSet<T>> byWeight = new TreeMap<>();

  /** Moves a thing from one weight to another; what weighs nothing is not ranked. */
  void move(T thing, long from, long to) {
    if (from == to) {
      return;
    }
    if (from > 0) {
      byWeight.computeIfPresent(
          from, (weight, same) -> same.remove(thing) && same.isEmpty() ? null : same);
    }
    if (to > 0) {
      byWeight.computeIfAbsent(to, unseen -> new LinkedHashSet<>()).add(thing);
    }
  }

  Optional<T> heaviest() {
    return byWeight.isEmpty()
        ? Optional.empty()
        : Optional.of(byWeight.lastEntry().getValue().getFirst());
  }
}
