package io.millrace.bench.ledger;

import io.millrace.bench.simulator.life.Change;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the records that must be in the crm-* topics after a run: created, and not deleted. */
final class Records {
  private Records() {}

  static List<Figure> figures(
      Collection<TrackedEvent> trackedEvents, Observations seen, Findings findings) {
    Map<String, Set<String>> touched = new TreeMap<>();
    Map<String, Set<String>> deleted = new TreeMap<>();
    for (TrackedEvent tracked : trackedEvents) {
      SimulatedEvent event = tracked.event();
      if (event.subject() instanceof Subject.OfRecord record
          && seen.records().containsKey(record.type())) {
        touched.computeIfAbsent(record.type(), any -> new TreeSet<>()).add(record.recordId());
        if (event.change() == Change.DELETED) {
          deleted.computeIfAbsent(record.type(), any -> new TreeSet<>()).add(record.recordId());
        }
      }
    }
    List<Figure> figures = new ArrayList<>();
    touched.forEach(
        (type, ids) -> {
          Set<String> due = new TreeSet<>(ids);
          due.removeAll(deleted.getOrDefault(type, Set.of()));
          Set<String> standing = new TreeSet<>(seen.records().getOrDefault(type, Set.of()));
          standing.retainAll(ids);
          Set<String> missing = new TreeSet<>(due);
          missing.removeAll(standing);
          findings.none(type + " records are missing", missing);
          standing.removeAll(due);
          findings.none(type + " records exist although they were deleted", standing);
          figures.add(
              Figure.equal(
                  "current " + type + " records",
                  due.size(),
                  due.size() - missing.size() + standing.size()));
        });
    return figures;
  }
}
