package io.millrace.bench.ledger;

import io.millrace.audit.AuditReport;
import io.millrace.audit.Finding;
import io.millrace.audit.HourCounts;
import io.millrace.audit.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The equations that must hold for everything in the topics, from any sender. The audit proves
 * those of deliveries and events; batches and the warehouse are compared here.
 */
final class TopicFigures {
  static final String ACCEPTED = "accepted events = ordered + duplicate + late + dead";
  static final String BATCHED = "admitted engagement = sum of all batches";

  private final Observations seen;
  private final AuditReport proof;
  private final Findings findings;

  TopicFigures(Observations seen, Findings findings) {
    this.seen = seen;
    this.proof = seen.proof();
    this.findings = findings;
  }

  List<Figure> figures() {
    proof.counts().forEach(this::report);
    findings.some("events are waiting for earlier ones", proof.total().waiting(), Set.of());
    findings.some("events are under way", proof.total().underWay(), proof.behind());
    List<Figure> figures = new ArrayList<>();
    figures.add(accepted());
    figures.add(raised());
    figures.add(batched());
    for (TableRows table : seen.tables()) {
      figures.add(rows(table));
    }
    return figures;
  }

  private void report(Finding.Kind kind, long count) {
    List<String> examples =
        proof.findings().stream()
            .filter(finding -> finding.kind() == kind)
            .map(TopicFigures::name)
            .toList();
    switch (kind) {
      case MISSING -> findings.some("accepted events have no outcome", count, examples);
      case DOUBLED -> findings.some("events have more than one outcome", count, examples);
      case DELIVERED_TWICE ->
          findings.some(
              "events are more than once on events-ordered and events-late", count, examples);
      case SWALLOWED ->
          findings.some("events were dropped, but none was admitted instead", count, examples);
      case OUT_OF_NOWHERE -> findings.some("events belong to no stored delivery", count, examples);
      case DIFFERS -> findings.some("events differ from what was delivered", count, examples);
      case FOREIGN -> findings.some("records were not written by Millrace", count, examples);
      case READS_DIFFERENTLY, SPLITS_DIFFERENTLY -> {
        // A mapping was changed since an earlier run: the balance holds.
      }
    }
  }

  private static String name(Finding finding) {
    return finding
        .event()
        .map(event -> finding.source().orElse("?") + "/" + event.eventId())
        .or(finding::deliveryId)
        .orElseGet(() -> finding.places().toString());
  }

  private Figure accepted() {
    Map<String, HourCounts> sources = new TreeMap<>();
    proof.hours().forEach(hour -> sources.merge(hour.source(), hour, HourCounts::plus));
    sources.forEach(
        (source, counts) ->
            findings.equal(
                source + ": accepted = ordered + duplicate + late + dead",
                events(counts),
                outcomes(counts)));
    return Figure.equal(ACCEPTED, events(proof.total()), outcomes(proof.total()));
  }

  /** What reports nothing is no event. */
  private static long events(HourCounts counts) {
    return counts.accepted() - counts.nothing();
  }

  private static long outcomes(HourCounts counts) {
    return counts.ordered()
        + counts.duplicate()
        + counts.late()
        + counts.dead()
        + counts.suppressed()
        + counts.doubled();
  }

  /** Events that Millrace raises itself belong to no delivery; each must be there once. */
  private Figure raised() {
    long distinct = proof.excluded().raised();
    long doubled = proof.counts().getOrDefault(Finding.Kind.DOUBLED, 0L) - proof.total().doubled();
    return Figure.equal("events raised by Millrace, each once", distinct, distinct + doubled);
  }

  private Figure batched() {
    long admitted =
        seen.events().stream()
            .filter(event -> event.outcome() == Outcome.ORDERED && event.engagement())
            .count();
    Map<String, Integer> ids = new HashMap<>();
    seen.batches().forEach(batch -> ids.merge(batch.batchId(), 1, Integer::sum));
    ids.values().removeIf(count -> count == 1);
    findings.none("batches are more than once on engagement-batches", ids.keySet());
    long batched = seen.batches().stream().mapToLong(SeenBatch::events).sum();
    return Figure.equal(BATCHED, admitted, batched);
  }

  private Figure rows(TableRows table) {
    Set<String> rows = new TreeSet<>(table.stored());
    Set<String> missing = new TreeSet<>(table.committed());
    missing.removeAll(rows);
    findings.none("rows are missing from " + table.table(), missing);
    Set<String> extra = new TreeSet<>(rows);
    extra.removeAll(table.committed());
    findings.none("rows are in " + table.table() + " but not on the topic", extra);
    return Figure.equal(
        "warehouse " + table.table() + " = committed",
        table.committed().size(),
        table.stored().size());
  }
}
