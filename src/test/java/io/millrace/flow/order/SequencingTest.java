package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.flow.order.Sequencing.First;
import io.millrace.flow.order.Sequencing.RecordContext;
import io.millrace.flow.record.HeldFields;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequencingTest {
  private static final OrderingRule RULE =
      new OrderingRule(Duration.ofSeconds(2), Duration.ofMinutes(5), 10);
  private static final OrderingRule NO_CREATION =
      new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 10);
  private static final OrderingRule FOLLOWS = rule(Set.of("status", "stage"), false, List.of());
  private static final OrderingRule CONTIGUOUS = rule(Set.of(), true, List.of());
  private static final long NOW = 1_000_000;
  private static final Event CREATED =
      TestEvent.of("lead.created", "lead/1").at(100).data("status", "new").build();

  private static final RecordState CREATED_STATE = RecordMerge.merge(Optional.empty(), CREATED);

  @Test
  void letsCreationOfUnknownRecordGoAtOnce() {
    assertThat(place(CREATED, unknown())).isEqualTo(new Placement.Next());
  }

  @Test
  void holdsCreation_whenSomethingEarlierWaits() {
    RecordContext recordContext =
        new RecordContext(Sequencing.NOTHING_EMITTED, true, Optional::<HeldFields>empty);

    assertThat(place(CREATED, recordContext))
        .isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 2_000));
  }

  @Test
  void letsUpdateOfUnknownRecordWaitForItsCreation() {
    assertThat(place(updated().build(), unknown()))
        .isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 300_000));
    assertThat(turn(updated().build(), unknown())).isEqualTo(new Turn.Later(NOW + 298_000));
  }

  @Test
  void doesNotWaitForCreation_whereNoneIsEverSent() {
    Event paid = TestEvent.of("payment.succeeded", "payment/1").at(100).build();

    assertThat(turn(paid, unknown(), NO_CREATION, NOW)).isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void holdsUpdateOfKnownRecord_whenNothingProvesItIsNext() {
    assertThat(place(updated().build(), known()))
        .isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 2_000));
  }

  @Test
  void letsUpdateGoAtOnce_whenItsPreviousValuesAreWhatWeHold() {
    Event next = updated().previous("status", "new").previous("owner", null).build();
    Event afterAnother = updated().previous("status", "open").build();

    assertThat(place(next, known())).isEqualTo(new Placement.Next());
    assertThat(place(afterAnother, known())).isInstanceOf(Placement.Wait.class);
  }

  @Test
  void letsUpdateGoAtOnce_whenItsSequenceIsContiguous() {
    RecordContext recordContext = numbered(7);

    assertThat(place(updated().sequence(8).build(), recordContext)).isEqualTo(new Placement.Next());
    assertThat(place(updated().sequence(9).build(), recordContext))
        .isInstanceOf(Placement.Wait.class);
    assertThat(place(updated().source("billing").sequence(8).build(), recordContext))
        .as("another source counts for itself")
        .isInstanceOf(Placement.Wait.class);
  }

  @Test
  void callsLateWhatComesBeforeTheLastEmitted() {
    Event earlier = TestEvent.of("lead.updated", "lead/1").at(99).build();

    assertThat(place(earlier, known())).isEqualTo(new Placement.Late());
  }

  @Test
  void flagsEventWhoseCreationWasNeverSeen_andNoOther() {
    Event update = updated().build();

    assertThat(
            Sequencing.released(update, Optional.of(Prerequisite.CREATION))
                .getMetadata()
                .getOrphan())
        .isTrue();
    assertThat(Sequencing.released(update, Optional.of(Prerequisite.PREVIOUS))).isEqualTo(update);
    assertThat(Sequencing.released(update, Optional.empty())).isEqualTo(update);
  }

  @Test
  void waitsForTheChangeInBetween_whenAFollowedFieldWasSomethingElse() {
    Event after = updated().previous("status", "open").build();

    assertThat(turn(after, known(), FOLLOWS, NOW)).isEqualTo(new Turn.Later(NOW + 298_000));
    assertThat(turn(after, known(), FOLLOWS, NOW + 298_000))
        .isEqualTo(new Turn.Now(Optional.of(Prerequisite.PREVIOUS)));
    assertThat(turn(after, known(), RULE, NOW))
        .as("nothing is followed")
        .isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void doesNotTakeForAContradiction_whatIsNone() {
    assertThat(misses(updated().previous("stage", "open"))).as("never written").isEmpty();
    assertThat(misses(updated().previous("owner", "ann"))).as("not followed").isEmpty();
    assertThat(misses(updated().source("billing").previous("status", "NEW")))
        .as("another source has its own words")
        .isEmpty();
    assertThat(misses(updated().previous("status", "{\"id\":7}")))
        .as("senders show parts of what is nested")
        .isEmpty();
    assertThat(misses(updated().previous("status", "open").data("status", "new")))
        .as("the change has been told already")
        .isEmpty();
    assertThat(misses(TestEvent.of("lead.deleted", "lead/1").at(200).previous("status", "open")))
        .as("a deletion ends whatever there was")
        .isEmpty();
    assertThat(misses(updated().previous("status", "open"))).contains(Prerequisite.PREVIOUS);
  }

  @Test
  void waitsUntilTheRecordHoldsWhatTheEventNeeds() {
    Event won = TestEvent.of("lead.won", "lead/1").at(200).build();

    assertThat(misses(needing("open", "contract"), won)).contains(Prerequisite.NEEDS);
    assertThat(misses(needing("new"), won)).isEmpty();
    assertThat(misses(needing("open"), updated().build())).as("another type").isEmpty();
  }

  @Test
  void cancellationThatNamesAnotherPlanWaitsForTheUpgrade() {
    OrderingRule rule = with(new EventPrerequisite(List.of("lead.*"), Map.of(), Set.of("status")));

    assertThat(misses(rule, updated().data("status", "pro").build()))
        .contains(Prerequisite.UNCHANGED);
    assertThat(misses(rule, updated().data("status", "new").build())).isEmpty();
    assertThat(misses(rule, updated().data("status", null).build())).as("it clears it").isEmpty();
    assertThat(misses(rule, updated().data("status", "pro").previous("status", "new").build()))
        .as("it says that it changes it")
        .isEmpty();
  }

  @Test
  void whatShowsThatSomethingIsMissingRefutesAPreviousValueThatFits() {
    OrderingRule rule = with(new EventPrerequisite(List.of("lead.*"), Map.of(), Set.of("status")));
    Event event = updated().data("status", "pro").previous("owner", null).build();

    assertThat(Sequencing.place(event, known(), rule, NOW)).isInstanceOf(Placement.Wait.class);
    assertThat(Sequencing.place(event, known(), RULE, NOW)).isEqualTo(new Placement.Next());
  }

  @Test
  void gapInTheNumbersIsAnEventThatIsMissing_onlyWhereThereAreNoGapsByRule() {
    Event ahead = updated().sequence(9).previous("status", "new").build();

    assertThat(turn(ahead, numbered(7), CONTIGUOUS, NOW)).isEqualTo(new Turn.Later(NOW + 298_000));
    assertThat(turn(ahead, numbered(7), RULE, NOW)).isEqualTo(new Turn.Now(Optional.empty()));
    assertThat(turn(updated().sequence(3).build(), numbered(7), CONTIGUOUS, NOW))
        .as("an older number misses nothing")
        .isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void numbersMayBeginAnewWithTheRecord() {
    Event again = TestEvent.of("lead.created", "lead/1").at(300).sequence(1).build();

    RecordOrder order = Sequencing.emitted(numbered(7).order(), again);

    assertThat(order.getSequences()).containsExactly(Map.entry("crm", 1L));
    assertThat(
            Sequencing.emitted(numbered(7).order(), updated().sequence(3).build()).getSequences())
        .as("an older number does not set the count back")
        .containsExactly(Map.entry("crm", 7L));
  }

  @Test
  void numberThatCameLateIsNotWaitedForAnyMore() {
    assertThat(
            Sequencing.afterLate(numbered(7).order(), updated().sequence(8).build()).getSequences())
        .containsExactly(Map.entry("crm", 8L));
    assertThat(
            Sequencing.afterLate(numbered(7).order(), updated().sequence(9).build()).getSequences())
        .as("8 is still missing")
        .containsExactly(Map.entry("crm", 7L));
  }

  @Test
  void doesNotCallMissing_whatMayBeTheOtherEventOfTheSameInstant() {
    Event after = updated().previous("status", "open").build();
    First tied = new First(after, NOW, () -> true);

    assertThat(Sequencing.turn(tied, known(), FOLLOWS, Turn.Urgency.NONE, NOW))
        .isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void mergeNeedsNoCreation_becauseItMayCreateItsRecord() {
    Event merged = TestEvent.of("lead.merged", "lead/1").at(200).data("merged_ids", "2").build();

    assertThat(place(merged, unknown())).isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 2_000));
    assertThat(turn(merged, unknown())).isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void eventOfAnotherNounNeitherCreatesNorDeletes() {
    Event note = TestEvent.of("note.created", "lead/1").at(200).build();

    assertThat(place(note, unknown())).isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 300_000));
  }

  @Test
  void valueFromTheFutureProvesNothingMissing() {
    Event absurd = updated().id("absurd").at(NOW * 1_000).data("stage", "won").build();
    RecordState state = RecordMerge.merge(Optional.of(CREATED_STATE), absurd);
    RecordContext context = new RecordContext(known().order(), false, () -> held(state));
    Event change = updated().previous("stage", "open").received(NOW).build();
    Event needing = TestEvent.of("lead.lost", "lead/1").at(300).received(NOW).build();
    OrderingRule needs =
        rule(
            Set.of(),
            false,
            List.of(
                new EventPrerequisite(
                    List.of("lead.lost"), Map.of("stage", Set.of("open")), Set.of())));

    assertThat(turn(change, context, FOLLOWS, NOW)).isEqualTo(new Turn.Now(Optional.empty()));
    assertThat(turn(needing, context, needs, NOW)).isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void deletionFromTheFutureHoldsNobodyBack() {
    Event absurd = TestEvent.of("lead.deleted", "lead/1").at(NOW * 1_000).build();
    RecordState state = RecordMerge.merge(Optional.of(CREATED_STATE), absurd);
    RecordContext context = new RecordContext(known().order(), false, () -> held(state));

    assertThat(turn(updated().received(NOW).build(), context))
        .isEqualTo(new Turn.Now(Optional.empty()));
  }

  @Test
  void eventOfTheSameInstantIsNotLate_whenItsPreviousValueProvesItNext() {
    Event first = updated().id("z").at(200).data("status", "open").build();
    RecordState state = RecordMerge.merge(Optional.of(CREATED_STATE), first);
    RecordContext context =
        new RecordContext(Sequencing.emitted(known().order(), first), false, () -> held(state));
    TestEvent second = updated().id("a").at(200).data("status", "won");

    assertThat(place(second.build(), context)).isEqualTo(new Placement.Late());
    Event proved = second.previous("status", "open").build();
    assertThat(place(proved, context)).isEqualTo(new Placement.Next());
    assertThat(Sequencing.emitted(context.order(), proved)).isEqualTo(context.order());
    assertThat(place(second.at(199).build(), context)).isEqualTo(new Placement.Late());
    assertThat(place(second.at(200).source("aaa").build(), context))
        .isEqualTo(new Placement.Late());
  }

  @Test
  void eventAfterADeletionMissesItsCreation() {
    RecordState gone = RecordMerge.merge(Optional.of(CREATED_STATE), deleted());
    RecordContext recordContext =
        new RecordContext(Sequencing.emitted(known().order(), deleted()), false, () -> held(gone));
    Event created = TestEvent.of("lead.restored", "lead/1").at(300).build();

    assertThat(turn(updated().build(), recordContext)).isEqualTo(new Turn.Later(NOW + 298_000));
    assertThat(place(created, recordContext)).isEqualTo(new Placement.Next());
  }

  @Test
  void markFromTheFutureDoesNotMakeEverythingLate() {
    long year2500 = Instant.parse("2500-01-01T00:00:00Z").toEpochMilli();
    Event absurd = updated().at(year2500).received(NOW).build();

    assertThat(EventOrder.occurredAt(EventOrder.position(absurd)))
        .isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(EventOrder.occurredAt(EventOrder.stamp(absurd)))
        .isEqualTo(Instant.ofEpochMilli(year2500));

    Event believedThen = updated().at(year2500).received(year2500).build();
    RecordOrder old = Sequencing.emitted(Sequencing.NOTHING_EMITTED, believedThen);
    assertThat(Sequencing.isLate(CREATED, old)).isTrue();
    assertThat(Sequencing.isLate(CREATED, Sequencing.withoutFutureMark(old, NOW))).isFalse();
    assertThat(Sequencing.withoutFutureMark(known().order(), NOW)).isEqualTo(known().order());
  }

  private static TestEvent updated() {
    return TestEvent.of("lead.updated", "lead/1").at(200).data("status", "won");
  }

  private static Event deleted() {
    return TestEvent.of("lead.deleted", "lead/1").at(150).build();
  }

  private static OrderingRule needing(String... values) {
    return with(
        new EventPrerequisite(List.of("lead.won"), Map.of("status", Set.of(values)), Set.of()));
  }

  private static OrderingRule with(EventPrerequisite prerequisite) {
    return rule(Set.of(), false, List.of(prerequisite));
  }

  private static OrderingRule rule(
      Set<String> follows, boolean contiguous, List<EventPrerequisite> prerequisites) {
    return new OrderingRule(
        RULE.reorderWindow(),
        RULE.prerequisiteWait(),
        10,
        true,
        follows,
        contiguous,
        prerequisites);
  }

  private static Optional<Prerequisite> misses(TestEvent event) {
    return misses(FOLLOWS, event.build());
  }

  private static Optional<Prerequisite> misses(OrderingRule rule, Event event) {
    Turn turn = turn(event, known(), rule, NOW + 300_000);
    return turn instanceof Turn.Now now ? now.missed() : Optional.empty();
  }

  private static Placement place(Event event, RecordContext recordContext) {
    return Sequencing.place(event, recordContext, RULE, NOW);
  }

  private static Turn turn(Event event, RecordContext recordContext) {
    return turn(event, recordContext, RULE, NOW);
  }

  /** Of an event that is ripe now. */
  private static Turn turn(Event event, RecordContext recordContext, OrderingRule rule, long now) {
    return Sequencing.turn(
        new First(event, NOW, () -> false), recordContext, rule, Turn.Urgency.NONE, now);
  }

  private static Optional<HeldFields> held(RecordState state) {
    return Optional.of(new HeldFields("1", state));
  }

  private static RecordContext unknown() {
    return new RecordContext(Sequencing.NOTHING_EMITTED, false, Optional::<HeldFields>empty);
  }

  private static RecordContext known() {
    return new RecordContext(
        Sequencing.emitted(Sequencing.NOTHING_EMITTED, CREATED), false, () -> held(CREATED_STATE));
  }

  private static RecordContext numbered(long last) {
    Event event = TestEvent.of("lead.created", "lead/1").at(100).sequence(last).build();
    return new RecordContext(
        Sequencing.emitted(Sequencing.NOTHING_EMITTED, event), false, known().held());
  }
}
