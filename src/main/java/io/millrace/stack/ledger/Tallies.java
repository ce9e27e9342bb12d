package io.millrace.stack.ledger;

import java.util.Map;
import java.util.TreeMap;

/** A tally per source. */
final class Tallies {
  private final Map<String, Tally> bySource = new TreeMap<>();

  Tally of(String source) {
    return bySource.computeIfAbsent(source, any -> new Tally());
  }

  Map<String, SourceCounts> counts() {
    Map<String, SourceCounts> counts = new TreeMap<>();
    bySource.forEach((source, tally) -> counts.put(source, tally.counts()));
    return counts;
  }
}
