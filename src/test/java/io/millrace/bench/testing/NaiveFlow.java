package io.millrace.bench.testing;

import io.millrace.audit.AuditReport;
import io.millrace.audit.Finding;
import io.millrace.audit.HourCounts;
import io.millrace.audit.Outcome;
import io.millrace.audit.Place;
import io.millrace.bench.ledger.Ledger;
import io.millrace.bench.ledger.LedgerReport;
import io.millrace.bench.ledger.Observations;
import io.millrace.bench.ledger.ScoreStep;
import io.millrace.bench.ledger.SeenBatch;
import io.millrace.bench.ledger.SeenEvent;
import io.millrace.bench.ledger.SeenSignal;
import io.millrace.bench.ledger.Sent;
import io.millrace.bench.ledger.StoredDelivery;
import io.millrace.bench.ledger.TableRows;
import io.millrace.bench.simulator.RequestTag;
import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.life.Change;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.life.Subject;
import io.millrace.bench.simulator.plan.Arrival;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.bench.simulator.plan.PlannedRequest;
import io.millrace.bench.simulator.plan.RequestKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A flow that does everything right in the most obvious way, for a ledger to balance. Its lists are
 * open: a test plants its faults in them.
 */
public final class NaiveFlow {
  public final List<Attempt> attempts = new ArrayList<>();
  public final List<StoredDelivery> deliveries = new ArrayList<>();
  public final List<SeenEvent> events = new ArrayList<>();
  public final List<Finding> proven = new ArrayList<>();
  public long raised;
  public final List<SeenBatch> batches = new ArrayList<>();
  public final List<SeenSignal> signals = new ArrayList<>();
  final List<ScoreStep> changes = new ArrayList<>();
  public final Map<String, Integer> scores = new TreeMap<>();
  public final Map<String, Set<String>> records = new TreeMap<>();
  public final List<TableRows> tables = new ArrayList<>();

  private final Plan plan;
  private final Map<String, List<SimulatedEvent>> admitted = new TreeMap<>();
  private final Map<SimulatedEvent, SeenEvent> ordered = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  public NaiveFlow(Plan plan) {
    this.plan = plan;
    for (String type : List.of("lead", "contact", "deal", "account")) {
      records.put(type, new TreeSet<>());
    }
    plan.requests().forEach(request -> receive(request, 1, true));
    emit();
  }

  public Sent sent() {
    return new Sent(plan, attempts, Set.of());
  }

  Observations observations() {
    return new Observations(
        deliveries, events, proof(), batches, signals, changes, scores, records, tables);
  }

  /** As the audit counts, and with the findings a test has planted. */
  private AuditReport proof() {
    Map<String, HourCounts> sources = new TreeMap<>();
    for (StoredDelivery delivery : deliveries) {
      sources.merge(delivery.source(), counts(delivery), HourCounts::plus);
    }
    Map<Finding.Kind, Long> found =
        proven.stream().collect(Collectors.groupingBy(Finding::kind, Collectors.counting()));
    return new AuditReport(
        new AuditReport.Extent(Optional.empty(), Optional.empty(), Map.of()),
        List.copyOf(sources.values()),
        found,
        proven,
        List.of(),
        new AuditReport.Excluded(raised, 0, 0));
  }

  private HourCounts counts(StoredDelivery delivery) {
    Map<Outcome, Long> outcomes =
        events.stream()
            .filter(event -> event.delivery().equals(delivery.place()))
            .collect(Collectors.groupingBy(SeenEvent::outcome, Collectors.counting()));
    long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return new HourCounts(
        delivery.source(),
        Instant.EPOCH,
        1,
        delivery.parts(),
        outcomes.getOrDefault(Outcome.ORDERED, 0L),
        outcomes.getOrDefault(Outcome.LATE, 0L),
        outcomes.getOrDefault(Outcome.DUPLICATE, 0L),
        outcomes.getOrDefault(Outcome.DEAD, 0L),
        0,
        0,
        0,
        0,
        Math.max(0, delivery.parts() - all),
        0);
  }

  public LedgerReport balance() {
    return Ledger.balance(sent(), observations(), UnaryOperator.identity());
  }

  /** A request arrives; without an answer if so wanted. */
  public void receive(PlannedRequest request, int attempt, boolean answered) {
    Instant at = plan.run().startedAt().plusMillis(request.index());
    String id = "d-" + request.index() + "-" + attempt;
    Attempt.Answer answer =
        request
            .kind()
            .refusal()
            .map(reason -> new Attempt.Answer(at, reason.httpStatus(), reason.name(), none()))
            .orElse(new Attempt.Answer(at, 200, "", Optional.of(id)));
    attempts.add(
        new Attempt(
            request.index(), attempt, at, answered ? Optional.of(answer) : Optional.empty()));
    if (request.kind().refusal().isEmpty()) {
      store(request, attempt, id, at);
    }
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private void store(PlannedRequest request, int attempt, String id, Instant at) {
    Place place = Place.ofDelivery(SourceNames.all().indexOf(request.source()), deliveries.size());
    RequestTag tag = new RequestTag(plan.run().tag(), request.index(), attempt);
    deliveries.add(
        new StoredDelivery(place, id, request.source(), Optional.of(tag), request.parts()));
    if (request.kind() == RequestKind.UNREADABLE) {
      events.add(seen(Outcome.DEAD, request.source(), id, "", false, place, -1, at));
    }
    for (int index = 0; index < request.events().size(); index++) {
      take(request, request.events().get(index), place, index, at);
    }
  }

  private void take(
      PlannedRequest request, SimulatedEvent event, Place place, int index, Instant at) {
    String identity = event.source() + "/" + event.id();
    if (!event.usable()) {
      events.add(seen(Outcome.DEAD, event.source(), identity, "", false, place, index, at));
      return;
    }
    String key = key(event);
    boolean engagement = event.subject() instanceof Subject.OfPerson;
    if (!known.add(identity)) {
      events.add(
          seen(Outcome.DUPLICATE, event.source(), identity, key, engagement, place, index, at));
    } else if (request.arrival() == Arrival.LATE) {
      events.add(seen(Outcome.LATE, event.source(), identity, key, engagement, place, index, at));
    } else {
      admitted.computeIfAbsent(key, any -> new ArrayList<>()).add(event);
      ordered.put(
          event,
          seen(Outcome.ORDERED, event.source(), identity, key, engagement, place, index, at));
    }
  }

  private void emit() {
    for (List<SimulatedEvent> record : admitted.values()) {
      record.sort(Comparator.comparing(SimulatedEvent::occurredAt));
      record.forEach(event -> events.add(ordered.get(event)));
      if (record.get(0).subject() instanceof Subject.OfPerson person) {
        engage(person.person(), record);
      } else if (record.get(0).subject() instanceof Subject.OfRecord of) {
        if (record.get(record.size() - 1).change() != Change.DELETED) {
          records.computeIfPresent(of.type(), (type, ids) -> with(ids, of.recordId()));
        }
      }
    }
    Set<String> leads = records.getOrDefault("lead", Set.of());
    tables.add(new TableRows("crm_leads", leads, List.copyOf(leads)));
    Set<String> ids = batches.stream().map(SeenBatch::batchId).collect(Collectors.toSet());
    tables.add(new TableRows("engagement_batches", ids, List.copyOf(ids)));
  }

  private static Set<String> with(Set<String> ids, String id) {
    ids.add(id);
    return ids;
  }

  private void engage(String person, List<SimulatedEvent> record) {
    Map<Instant, Long> minutes =
        record.stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.occurredAt().truncatedTo(ChronoUnit.MINUTES),
                    Collectors.counting()));
    minutes.forEach(
        (minute, count) ->
            batches.add(new SeenBatch(person + "|" + minute, person, minute, count)));
    long pricing = record.stream().filter(event -> event.change() == Change.PRICING_VISIT).count();
    if (pricing >= 3) {
      signals.add(new SeenSignal(person + "|pricing", person, true));
    }
    changes.add(new ScoreStep(person, 0, 3));
    changes.add(new ScoreStep(person, 3, record.size()));
    scores.put(person, record.size());
  }

  private static SeenEvent seen(
      Outcome outcome,
      String source,
      String identity,
      String key,
      boolean engagement,
      Place place,
      int index,
      Instant at) {
    return new SeenEvent(outcome, source, identity, key, engagement, place, index, at);
  }

  private static String key(SimulatedEvent event) {
    return switch (event.subject()) {
      case Subject.OfRecord record -> record.key();
      case Subject.OfPerson person -> "person/" + person.person();
    };
  }
}
