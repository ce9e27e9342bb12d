package io.millrace.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts everything that is found, and keeps the first of each kind to be told in full. */
final class Suspicions {
  private final int limit;
  private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
  private final Map<Finding.Kind, List<Suspicion>> kept = new EnumMap<>(Finding.Kind.class);

  /**
   * @param limit how many of each kind are kept
   */
  Suspicions(int limit) {
    this.limit = limit;
  }

  /** What is found in the copy is not found in this. */
  Suspicions copy() {
    Suspicions copy = new Suspicions(limit);
    copy.counts.putAll(counts);
    kept.forEach((kind, same) -> copy.kept.put(kind, new ArrayList<>(same)));
    return copy;
  }

  void add(Suspicion suspicion) {
    counts.merge(suspicion.kind(), 1L, Long::sum);
    List<Suspicion> same = kept.computeIfAbsent(suspicion.kind(), kind -> new ArrayList<>());
    if (same.size() < limit) {
      same.add(suspicion);
    }
  }

  /** Those that are kept, by kind. */
  List<Suspicion> kept() {
    return kept.values().stream().flatMap(List::stream).toList();
  }

  Map<Finding.Kind, Long> counts() {
    return counts;
  }
}
