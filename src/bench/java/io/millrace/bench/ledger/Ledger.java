package io.millrace.bench.ledger;

import io.millrace.audit.Place;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Balances what was sent against what was stored. Expected figures come only from the simulator's
 * journal; the topic decides only whether an attempt without an answer arrived.
 */
public final class Ledger {
  private final Sent sent;
  private final Observations seen;
  private final UnaryOperator<String> personIds;
  private final Findings findings = new Findings();
  private final SourceTallies expected = new SourceTallies();
  private final SourceTallies counted = new SourceTallies();

  private Ledger(Sent sent, Observations seen, UnaryOperator<String> personIds) {
    this.sent = sent;
    this.seen = seen;
    this.personIds = personIds;
  }

  /**
   * Compares what was sent with what was seen.
   *
   * @param personIds the id that the flow gives the person with an e-mail address
   */
  public static LedgerReport balance(
      Sent sent, Observations seen, UnaryOperator<String> personIds) {
    return new Ledger(sent, seen, personIds).balance();
  }

  private LedgerReport balance() {
    List<PlannedRequest> requests = sent.plan().requests();
    Deliveries deliveries = new Deliveries(sent, seen.deliveries(), findings);
    Answered answered = new Answered(requests, deliveries, expected, counted, findings);
    SeenIndex index = new SeenIndex(seen.events());
    TrackedEvents trackedEvents = new TrackedEvents(requests, deliveries, index, expected);
    expectOutcomes(trackedEvents, deliveries);
    countOutcomes(requests, deliveries, index);
    compareBySource();

    List<Figure> totals = new ArrayList<>(Records.figures(trackedEvents.all(), seen, findings));
    totals.addAll(new People(trackedEvents.all(), seen, personIds, findings).figures());
    totals.forEach(this::check);
    List<Figure> balances = new TopicFigures(seen, findings).figures();
    balances.forEach(this::check);
    return new LedgerReport(
        sent.plan().run().tag(),
        expected.counts(),
        counted.counts(),
        answered.refusals(),
        totals,
        balances,
        findings.mismatches(),
        findings.notes());
  }

  private void expectOutcomes(TrackedEvents trackedEvents, Deliveries deliveries) {
    Lateness lateness = new Lateness(deliveries, sent.unseen());
    List<TrackedEvent> ordered = new ArrayList<>();
    List<String> swallowed = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (TrackedEvent tracked : trackedEvents.all()) {
      SourceTally tally = expected.of(tracked.event().source());
      tally.duplicate += tracked.copies() - 1;
      boolean late = lateness.mustBeLate(tracked);
      if (late) {
        tally.late++;
      } else {
        tally.ordered++;
        ordered.add(tracked);
      }
      String key = TrackedEvents.key(tracked.event());
      if (tracked.admissions() == 0) {
        swallowed.add(key);
      } else if (tracked.admissions() > 1) {
        twice.add(key);
      } else if (tracked.cameOutLate() != late) {
        wrong.add(key);
      }
    }
    Reordered.expect(
        ordered.stream().filter(tracked -> tracked.event().isAboutRecord()).toList(), expected);
    findings.none("events were never admitted", swallowed);
    findings.none("events were admitted more than once", twice);
    findings.none("events are late that should be ordered, or vice versa", wrong);
    lateness.report(findings);
  }

  private void countOutcomes(
      List<PlannedRequest> requests, Deliveries deliveries, SeenIndex index) {
    Set<Place> own = new HashSet<>();
    for (PlannedRequest request : requests) {
      for (StoredDelivery copy : deliveries.storedOf(request)) {
        own.add(copy.place());
        SourceTally tally = counted.of(copy.source());
        tally.deliveries++;
        tally.events += copy.parts();
        index.of(copy.place()).forEach(event -> counted.of(event.source()).count(event.outcome()));
      }
    }
    Reordered.count(
        seen.events().stream().filter(event -> own.contains(event.delivery())).toList(), counted);
  }

  private void compareBySource() {
    Map<String, SourceCounts> should = expected.counts();
    Map<String, SourceCounts> is = counted.counts();
    Set<String> sources = new TreeSet<>(should.keySet());
    sources.addAll(is.keySet());
    for (String source : sources) {
      SourceCounts left = should.getOrDefault(source, SourceCounts.NOTHING);
      SourceCounts right = is.getOrDefault(source, SourceCounts.NOTHING);
      new TreeMap<>(
              Map.of(
                  "events accepted", new long[] {left.events(), right.events()},
                  "ordered", new long[] {left.ordered(), right.ordered()},
                  "duplicate", new long[] {left.duplicate(), right.duplicate()},
                  "late", new long[] {left.late(), right.late()},
                  "dead", new long[] {left.dead(), right.dead()},
                  "reordered", new long[] {left.reordered(), right.reordered()},
                  "refused", new long[] {left.refused(), right.refused()}))
          .forEach((name, pair) -> findings.equal(source + " " + name, pair[0], pair[1]));
    }
  }

  private void check(Figure figure) {
    if (!figure.holds()) {
      findings.differs(figure);
    }
  }
}
