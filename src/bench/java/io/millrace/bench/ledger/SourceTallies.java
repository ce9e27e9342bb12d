package io.millrace.bench.ledger;

import java.util.Map;
import java.util.TreeMap;

/** A tally per source. */
final class SourceTallies {
  private final Map<String, SourceTally> bySource = new TreeMap<>();

  SourceTally of(String source) {
    return bySource.computeIfAbsent(source, any -> new SourceTally());
  }

  Map<String, SourceCounts> counts() {
    Map<String, SourceCounts> counts = new TreeMap<>();
    bySource.forEach((source, tally) -> counts.put(source, tally.counts()));
    return counts;
  }
}
