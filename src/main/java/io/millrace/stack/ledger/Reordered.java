package io.millrace.stack.ledger;

import io.millrace.audit.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that stand behind one of the same record that arrived later: order was made. */
final class Reordered {
  private Reordered() {}

  /** Expected: from the times of the events and the order they were sent in. */
  static void expect(List<Fate> ordered, Tallies expected) {
    Map<Object, List<Fate>> byRecord = new HashMap<>();
    for (Fate fate : ordered) {
      byRecord.computeIfAbsent(fate.event().subject(), any -> new ArrayList<>()).add(fate);
    }
    for (List<Fate> events : byRecord.values()) {
      events.sort(Comparator.comparing(fate -> fate.event().occurredAt()));
      Fate latest = events.get(0);
      for (Fate fate : events) {
        if (fate.arrivedBefore(latest)) {
          expected.of(fate.event().source()).reordered++;
        } else {
          latest = fate;
        }
      }
    }
  }

  /** Counted: from the order of events-ordered and the arrival of each. */
  static void count(List<SeenEvent> events, Tallies counted) {
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
