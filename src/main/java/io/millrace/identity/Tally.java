package io.millrace.identity;

import java.util.HashMap;
import java.util.Map;

/**
 * What one person or account has.
 *
 * @param members how many identifiers
 * @param counts how many of each kind and system; merged records count once
 */
record Tally(int members, Map<KindOfSystem, Integer> counts) {
  Tally {
    counts = Map.copyOf(counts);
  }

  /** Identifiers of one kind that one system gave. */
  record KindOfSystem(String kind, String system) {}

  static Tally one(KindOfSystem kind) {
    return new Tally(1, Map.of(kind, 1));
  }

  Tally and(Tally other) {
    Map<KindOfSystem, Integer> sum = new HashMap<>(counts);
    other.counts.forEach((kind, count) -> sum.merge(kind, count, Integer::sum));
    return new Tally(members + other.members, sum);
  }

  /**
   * Whether the two together have too many of a kind. What only one of them has does not count: a
   * decision may have joined more than a limit allows, and the rest still joins.
   */
  boolean exceedsMost(Tally other, GraphLimits limits) {
    for (Map.Entry<KindOfSystem, Integer> count : counts.entrySet()) {
      int both = other.counts.getOrDefault(count.getKey(), 0);
      if (both > 0 && both + count.getValue() > limits.most(count.getKey().kind())) {
        return true;
      }
    }
    return false;
  }

  boolean exceedsLargest(Tally other, GraphLimits limits) {
    return members + other.members > limits.largest();
  }
}
