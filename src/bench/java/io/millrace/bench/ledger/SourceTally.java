package io.millrace.bench.ledger;

import io.millrace.audit.Outcome;

/** Counts up one source's figures. */
final class SourceTally {
  long deliveries;
  long refused;
  long events;
  long ordered;
  long duplicate;
  long late;
  long dead;
  long reordered;

  void count(Outcome outcome) {
    switch (outcome) {
      case ORDERED -> ordered++;
      case DUPLICATE -> duplicate++;
      case LATE -> late++;
      case DEAD -> dead++;
      case SUPPRESSED -> {
        // The bench erases nobody; TopicFigures balances what somebody else has erased.
      }
    }
  }

  SourceCounts counts() {
    return new SourceCounts(deliveries, refused, events, ordered, duplicate, late, dead, reordered);
  }
}
