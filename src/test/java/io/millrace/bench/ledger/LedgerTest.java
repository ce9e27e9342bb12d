package io.millrace.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.audit.Finding;
import io.millrace.audit.Outcome;
import io.millrace.audit.Place;
import io.millrace.bench.simulator.RequestTag;
import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.plan.Arrival;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.bench.simulator.plan.PlannedRequest;
import io.millrace.bench.simulator.plan.Planner;
import io.millrace.bench.simulator.plan.RequestKind;
import io.millrace.bench.testing.NaiveFlow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
  private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");

  private final NaiveFlow flow = new NaiveFlow(plan(42));

  @Test
  void balancesWhatAFaultlessFlowMadeOfIt() {
    for (long seed = 1; seed <= 10; seed++) {
      LedgerReport report = new NaiveFlow(plan(seed)).balance();

      assertThat(report.mismatches()).as("seed %d", seed).isEmpty();
      assertThat(report.expected()).as("seed %d", seed).isEqualTo(report.counted());
    }
  }

  @Test
  void countsEveryKindOfOutcome() {
    SourceCounts all =
        flow.balance().counted().values().stream().reduce(SourceCounts.NOTHING, SourceCounts::plus);

    assertThat(all.refused()).isPositive();
    assertThat(all.duplicate()).isPositive();
    assertThat(all.late()).isPositive();
    assertThat(all.dead()).isPositive();
    assertThat(all.reordered()).isPositive();
    assertThat(all.events()).isEqualTo(all.ordered() + all.duplicate() + all.late() + all.dead());
  }

  @Test
  void missesALostEvent() {
    SeenEvent lost = remove(event -> event.outcome() == Outcome.ORDERED);

    assertMismatch("accepted = ordered + duplicate + late + dead");
    assertMismatch("events were never admitted: " + lost.identity());
  }

  @Test
  void missesALostDuplicate() {
    remove(event -> event.outcome() == Outcome.DUPLICATE);

    assertMismatch("accepted = ordered + duplicate + late + dead");
  }

  @Test
  void missesALostDeadLetter() {
    remove(event -> event.outcome() == Outcome.DEAD);

    assertMismatch("accepted = ordered + duplicate + late + dead");
  }

  @Test
  void noticesAnEventThatStandsTwice() {
    SeenEvent event = first(one -> one.outcome() == Outcome.ORDERED);
    flow.events.add(event);

    assertMismatch("events were admitted more than once: " + event.identity());
  }

  @ParameterizedTest
  @EnumSource(Finding.Kind.class)
  void namesWhatTheAuditFindsWrong(Finding.Kind kind) {
    flow.proven.add(finding(kind));

    LedgerReport report = flow.balance();

    assertThat(report.isBalanced()).isEqualTo(!kind.isWrong());
    if (kind.isWrong()) {
      assertThat(report.mismatches()).first().asString().startsWith("1 ").endsWith(": crm/E-1");
    }
  }

  @Test
  void noticesAnEventOfMillracesOwnThatStandsTwice() {
    flow.raised = 1;
    assertThat(flow.balance().mismatches()).isEmpty();

    flow.proven.add(finding(Finding.Kind.DOUBLED));

    assertMismatch("events raised by Millrace, each once: expected 1, counted 2");
  }

  @Test
  void noticesADuplicateThatWasAdmitted() {
    SeenEvent duplicate = remove(event -> event.outcome() == Outcome.DUPLICATE);
    flow.events.add(as(Outcome.ORDERED, duplicate));

    assertMismatch("admitted more than once");
  }

  @Test
  void noticesANewEventThatWasTakenForADuplicate() {
    SeenEvent event = remove(one -> one.outcome() == Outcome.ORDERED);
    flow.events.add(as(Outcome.DUPLICATE, event));

    assertMismatch("never admitted");
  }

  @Test
  void noticesAnAnsweredDeliveryThatIsNotStored() {
    StoredDelivery lost = flow.deliveries.remove(3);
    flow.events.removeIf(event -> event.delivery().equals(lost.place()));

    assertMismatch("answered 2xx are not in deliveries-received: " + lost.deliveryId());
  }

  @Test
  void noticesADeliveryThatIsStoredTwice() {
    StoredDelivery first = flow.deliveries.get(3);
    flow.deliveries.add(
        new StoredDelivery(
            Place.ofDelivery(0, 99_999), "again", first.source(), first.tag(), first.parts()));

    assertMismatch("requests stored twice: again");
  }

  @Test
  void noticesAForgedRequestThatGotIn() {
    PlannedRequest forged = request(one -> one.kind() == RequestKind.WRONG_SECRET);
    flow.deliveries.add(
        new StoredDelivery(
            Place.ofDelivery(0, 99_999),
            "forged",
            forged.source(),
            Optional.of(new RequestTag("r1", forged.index(), 1)),
            0));

    assertMismatch("requests that must be refused are stored: forged");
  }

  @Test
  void noticesARefusalForAnotherReason() {
    PlannedRequest stale = request(one -> one.kind() == RequestKind.STALE);
    flow.attempts.replaceAll(
        attempt ->
            attempt.request() == stale.index()
                ? answered(attempt, new Attempt.Answer(START, 401, "BAD_SIGNATURE", none()))
                : attempt);

    assertMismatch("was answered 'BAD_SIGNATURE' instead of 'STALE'");
  }

  @Test
  void noticesALateEventThatWasPutInOrder() {
    SeenEvent late = remove(event -> event.outcome() == Outcome.LATE);
    flow.events.add(as(Outcome.ORDERED, late));

    assertMismatch("late that should be ordered, or vice versa: " + late.identity());
  }

  @Test
  void noticesOrderThatWasNotMade() {
    flow.events.sort(
        (one, other) ->
            one.delivery().equals(other.delivery())
                ? Integer.compare(one.index(), other.index())
                : Long.compare(one.delivery().offset(), other.delivery().offset()));

    assertMismatch("reordered: expected");
  }

  @Test
  void acceptsAnOvertakenEventThatCameOutLateAndSaysSo() {
    PlannedRequest overtaken = request(one -> one.arrival() == Arrival.JUST_OVERTAKEN);
    String identity = overtaken.source() + "/" + overtaken.events().get(0).id();
    SeenEvent event =
        remove(one -> one.outcome() == Outcome.ORDERED && one.identity().equals(identity));
    flow.events.add(as(Outcome.LATE, event));

    LedgerReport report = flow.balance();

    assertThat(report.mismatches()).isEmpty();
    assertThat(report.notes()).singleElement().asString().contains(identity);
  }

  @Test
  void takesTheTopicsWordForATryWithoutAnswer() {
    PlannedRequest request = request(one -> one.events().size() > 2);
    NaiveFlow killed = new NaiveFlow(plan(42));
    int open =
        killed.attempts.indexOf(
            killed.attempts.stream()
                .filter(attempt -> attempt.request() == request.index())
                .findFirst()
                .orElseThrow());
    Attempt answered = killed.attempts.get(open);
    killed.attempts.set(
        open, new Attempt(answered.request(), 1, answered.sentAt(), Optional.empty()));
    killed.receive(request, 2, true);

    LedgerReport report = killed.balance();

    assertThat(report.mismatches()).isEmpty();
  }

  @Test
  void noticesBatchesThatDoNotAddUp() {
    SeenBatch batch = flow.batches.get(0);
    flow.batches.set(
        0, new SeenBatch(batch.batchId(), batch.person(), batch.windowStart(), batch.events() + 1));

    assertMismatch("minutes of engagement have the wrong number of events: " + batch.batchId());
    assertMismatch("admitted engagement = sum of all batches");
  }

  @Test
  void noticesASignalThatIsMissing() {
    SeenSignal signal = flow.signals.remove(0);

    assertMismatch("people lack an expected signal: " + signal.person());
  }

  @Test
  void noticesASignalThatWasTakenBack() {
    SeenSignal signal = flow.signals.get(0);
    flow.signals.add(new SeenSignal(signal.signalId(), signal.person(), false));

    assertMismatch("people lack an expected signal: " + signal.person());
  }

  @Test
  void noticesAScoreThatIsNotTheLastOfItsChanges() {
    String person = flow.scores.keySet().iterator().next();
    flow.scores.put(person, 99);

    assertMismatch("scores differ from their last change: " + person);
  }

  @Test
  void noticesARecordThatIsMissing() {
    Set<String> leads = new TreeSet<>(flow.records.getOrDefault("lead", Set.of()));
    String gone = leads.iterator().next();
    leads.remove(gone);
    flow.records.put("lead", leads);

    assertMismatch("lead records are missing: " + gone);
  }

  @Test
  void noticesWrongRowsInTheWarehouse() {
    flow.tables.add(new TableRows("crm_deals", Set.of("1", "2"), List.of("1", "3")));
    flow.tables.add(new TableRows("lead_scores", Set.of("a"), List.of("a", "a")));

    assertMismatch("rows are missing from crm_deals: 2");
    assertMismatch("but not on the topic: 3");
    assertMismatch("warehouse lead_scores = committed: expected 1, counted 2");
  }

  @Test
  void printsWithinTheWidthOfATerminalAndEndsWithTheVerdict() {
    List<String> good = new LedgerText(true).lines(flow.balance());
    remove(event -> event.outcome() == Outcome.ORDERED);
    List<String> bad = new LedgerText(false).lines(flow.balance());

    assertThat(good).last().isEqualTo("BALANCED");
    assertThat(good).allMatch(line -> line.length() <= 120);
    assertThat(bad).last().isEqualTo("DOES NOT BALANCE");
    assertThat(bad).allMatch(line -> line.chars().allMatch(character -> character < 128));
  }

  private void assertMismatch(String part) {
    LedgerReport report = flow.balance();
    assertThat(report.isBalanced()).isFalse();
    assertThat(report.mismatches()).anyMatch(mismatch -> mismatch.contains(part));
  }

  private static Finding finding(Finding.Kind kind) {
    return new Finding(
        kind,
        Optional.of("crm"),
        Optional.empty(),
        Optional.of(new Finding.EventName("E-1", "lead.created", "lead/L-1")),
        Optional.empty(),
        List.of(),
        kind.meaning());
  }

  private SeenEvent first(Predicate<SeenEvent> which) {
    return flow.events.stream().filter(which).findFirst().orElseThrow();
  }

  private SeenEvent remove(Predicate<SeenEvent> which) {
    SeenEvent event = first(which);
    flow.events.remove(event);
    return event;
  }

  private static SeenEvent as(Outcome outcome, SeenEvent event) {
    return new SeenEvent(
        outcome,
        event.source(),
        event.identity(),
        event.record(),
        event.engagement(),
        event.delivery(),
        event.index(),
        event.receivedAt());
  }

  private PlannedRequest request(Predicate<PlannedRequest> which) {
    return flow.sent().plan().requests().stream().filter(which).findFirst().orElseThrow();
  }

  private static Attempt answered(Attempt attempt, Attempt.Answer answer) {
    return new Attempt(attempt.request(), attempt.number(), attempt.sentAt(), Optional.of(answer));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Plan plan(long seed) {
    return new Planner(Set.copyOf(SourceNames.all()), 8, FaultRates.DEMO, 2_000)
        .plan(Run.numbered(1, seed, 2_000, START));
  }
}
