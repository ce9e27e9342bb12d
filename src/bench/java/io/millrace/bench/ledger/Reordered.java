package io.millrace.bench.ledger;

import io.millrace.audit.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts reordered events: those that come after one of the same record that arrived later. */
final class Reordered {
  private Reordered() {}

  /** Expected, from the times of the events and the order in which they were sent. */
  static void expect(List<TrackedEvent> ordered, SourceTallies expected) {
    Map<Object, List<TrackedEvent>> byRecord = new HashMap<>();
    for (TrackedEvent tracked : ordered) {
      byRecord.computeIfAbsent(tracked.event().subject(), any -> new ArrayList<>()).add(tracked);
    }
    for (List<TrackedEvent> events : byRecord.values()) {
      events.sort(Comparator.comparing(tracked -> tracked.event().occurredAt()));
      TrackedEvent latest = events.get(0);
      for (TrackedEvent tracked : events) {
        if (tracked.arrivedBefore(latest)) {
          expected.of(tracked.event().source()).reordered++;
        } else {
          latest = tracked;
        }
      }
    }
  }

  /** Counted, from the order on events-ordered and the arrival times. */
  static void count(List<SeenEvent> events, SourceTallies counted) {
    Map<String, SeenEvent> latest = new HashMap<>();
    for (SeenEvent event : events) {
      if (event.outcome() != Outcome.ORDERED || event.engagement()) {
        continue;
      }
      Optional<SeenEvent> before = Optional.ofNullable(latest.get(event.record()));
      if (before.filter(event::arrivedBefore).isPresent()) {
        counted.of(event.source()).reordered++;
      } else {
        latest.put(event.record(), event);
      }
    }
  }
}
