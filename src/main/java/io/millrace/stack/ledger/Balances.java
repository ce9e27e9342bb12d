package io.millrace.stack.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The equations that must hold over everything the topics hold, whoever sent it. */
final class Balances {
  static final String ACCEPTED = "accepted events = ordered + duplicate + late + dead";
  static final String BATCHED = "admitted engagement = sum of all batches";

  private final Observations seen;
  private final Findings findings;

  Balances(Observations seen, Findings findings) {
    this.seen = seen;
    this.findings = findings;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(accepted());
    findings.none("events stand twice on events-ordered and events-late", admittedTwice());
    figures.add(raised());
    figures.add(batched());
    for (TableRows table : seen.tables()) {
      figures.add(rows(table));
    }
    return figures;
  }

  private Figure accepted() {
    Map<String, Long> accepted = new TreeMap<>();
    Set<Place> known = new HashSet<>();
    for (StoredDelivery delivery : seen.deliveries()) {
      known.add(delivery.place());
      accepted.merge(delivery.source(), (long) delivery.parts(), Long::sum);
    }
    Map<String, Long> settled = new TreeMap<>();
    List<String> strangers = new ArrayList<>();
    for (SeenEvent event : seen.events()) {
      settled.merge(event.source(), 1L, Long::sum);
      if (!known.contains(event.delivery())) {
        strangers.add(event.identity());
      }
    }
    findings.none("events come from no stored delivery", strangers);
    Set<String> sources = new TreeSet<>(accepted.keySet());
    sources.addAll(settled.keySet());
    for (String source : sources) {
      findings.equal(
          source + ": accepted = ordered + duplicate + late + dead",
          accepted.getOrDefault(source, 0L),
          settled.getOrDefault(source, 0L));
    }
    return Figure.equal(ACCEPTED, sum(accepted), sum(settled));
  }

  private Set<String> admittedTwice() {
    Set<String> once = new HashSet<>();
    Set<String> twice = new TreeSet<>();
    for (SeenEvent event : seen.events()) {
      boolean admitted = event.outcome() == Outcome.ORDERED || event.outcome() == Outcome.LATE;
      if (admitted && !once.add(event.identity())) {
        twice.add(event.identity());
      }
    }
    return twice;
  }

  /** What Millrace raises itself belongs to no delivery; it must stand there once. */
  private Figure raised() {
    Map<String, Integer> times = new HashMap<>();
    seen.raised().forEach(event -> times.merge(event.identity(), 1, Integer::sum));
    long distinct = times.size();
    times.values().removeIf(count -> count == 1);
    findings.none("events raised by Millrace stand twice on events-ordered", times.keySet());
    return Figure.equal("events raised by Millrace, each once", distinct, seen.raised().size());
  }

  private Figure batched() {
    long admitted =
        seen.events().stream()
            .filter(event -> event.outcome() == Outcome.ORDERED && event.engagement())
            .count();
    Map<String, Integer> ids = new HashMap<>();
    seen.batches().forEach(batch -> ids.merge(batch.batchId(), 1, Integer::sum));
    ids.values().removeIf(count -> count == 1);
    findings.none("batches stand twice on engagement-batches", ids.keySet());
    long batched = seen.batches().stream().mapToLong(SeenBatch::events).sum();
    return Figure.equal(BATCHED, admitted, batched);
  }

  private Figure rows(TableRows table) {
    Set<String> rows = new TreeSet<>(table.stored());
    Set<String> missing = new TreeSet<>(table.committed());
    missing.removeAll(rows);
    findings.none("rows are missing in " + table.table(), missing);
    Set<String> extra = new TreeSet<>(rows);
    extra.removeAll(table.committed());
    findings.none("rows are in " + table.table() + " that the topic does not have", extra);
    return Figure.equal(
        "warehouse " + table.table() + " = committed",
        table.committed().size(),
        table.stored().size());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
