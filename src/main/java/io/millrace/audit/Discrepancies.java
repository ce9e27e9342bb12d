package io.millrace.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts all discrepancies, and keeps the first of each kind to report in full. */
public final class Discrepancies {
  private final int limit;
  private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
  private final Map<Finding.Kind, List<Discrepancy>> kept = new EnumMap<>(Finding.Kind.class);

  /**
   * @param limit how many of each kind are kept
   */
  public Discrepancies(int limit) {
    this.limit = limit;
  }

  /** A copy; discrepancies added to it are not added to this. */
  Discrepancies copy() {
    Discrepancies copy = new Discrepancies(limit);
    copy.counts.putAll(counts);
    kept.forEach((kind, same) -> copy.kept.put(kind, new ArrayList<>(same)));
    return copy;
  }

  void add(Discrepancy discrepancy) {
    counts.merge(discrepancy.kind(), 1L, Long::sum);
    List<Discrepancy> same = kept.computeIfAbsent(discrepancy.kind(), kind -> new ArrayList<>());
    if (same.size() < limit) {
      same.add(discrepancy);
    }
  }

  List<Discrepancy> kept() {
    return kept.values().stream().flatMap(List::stream).toList();
  }

  Map<Finding.Kind, Long> counts() {
    return counts;
  }
}
