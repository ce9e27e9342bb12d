package io.millrace.audit;

import static io.millrace.audit.testing.TestDelivery.NOON;
import static io.millrace.audit.testing.TestDelivery.click;
import static io.millrace.audit.testing.TestDelivery.lead;
import static io.millrace.audit.testing.TestDelivery.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.audit.AuditReport.Verdict;
import io.millrace.audit.Finding.Kind;
import io.millrace.audit.testing.MemoryTopics;
import io.millrace.audit.testing.TestAudit;
import io.millrace.audit.testing.TestDelivery;
import io.millrace.audit.testing.TestPeople;
import io.millrace.audit.testing.WholeFlow;
import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import io.millrace.normalize.Normalized;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the audit says of topics the flow has written, and of those somebody has touched. */
class AuditTest {
  /** An update of a lead nobody has heard of waits for its creation. */
  private static final String WAITS = lead("1", "L-7", NOON);

  private static final MemoryTopics USUAL = theUsual();

  private final MemoryTopics topics = USUAL.copy();

  @Test
  void balancesWhateverBecameOfEachPart() {

    AuditReport report = TestAudit.of(topics);

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.counts()).isEmpty();
    assertThat(report.hours())
        .containsExactly(new HourCounts("leads", NOON, 3, 7, 3, 1, 2, 1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void balancesWithWhatWasSuppressed() {
    try (WholeFlow flow = new WholeFlow(NOON, TestPeople::naming)) {
      flow.deliver(TestDelivery.of("d-1", NOON, click("1", "ada@example.com", NOON)));
      flow.erase(TestPeople.erasure("ada@example.com"));
      flow.deliver(
          TestDelivery.of(
              "d-2",
              NOON,
              click("2", "ada@example.com", NOON),
              click("3", "bob@example.com", NOON),
              created("4", "L-4")));
      flow.pass(Duration.ofMinutes(10));

      AuditReport report = TestAudit.of(flow.topics());

      assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
      assertThat(report.counts()).isEmpty();
      assertThat(report.total().ordered()).isEqualTo(3);
      assertThat(report.total().suppressed()).isEqualTo(1);

      flow.topics().repeat(Topics.EVENTS_SUPPRESSED, 0);
      assertThat(only(TestAudit.of(flow.topics().copy()), Kind.DOUBLED).places())
          .contains(new Place("events-suppressed", 0, 0), new Place("events-suppressed", 0, 1));
      flow.topics().remove(Topics.EVENTS_SUPPRESSED, 0);
      flow.topics().remove(Topics.EVENTS_SUPPRESSED, 1);
      assertThat(TestAudit.of(flow.topics().copy()).counts()).isEqualTo(Map.of(Kind.MISSING, 1L));
    }
  }

  @Test
  void keepsTheHoursApart() {
    topics.add(
        Topics.DELIVERIES_RECEIVED,
        "leads",
        TestDelivery.of("d-9", NOON.plusSeconds(3600), created("9", "L-9")));

    assertThat(TestAudit.of(topics).hours())
        .extracting(HourCounts::hour, HourCounts::missing)
        .containsExactly(tuple(NOON, 0L), tuple(NOON.plusSeconds(3600), 1L));
  }

  @Test
  void namesWhatIsMissing() {
    topics.remove(Topics.EVENTS_ORDERED, 0);

    AuditReport report = TestAudit.of(topics);

    assertThat(report.verdict()).isEqualTo(Verdict.NOT_BALANCED);
    assertThat(report.total().missing()).isEqualTo(1);
    assertThat(only(report, Kind.MISSING).event())
        .contains(new Finding.EventName("1", "lead.created", "lead/crm:L-1"));
    assertThat(only(report, Kind.MISSING).places())
        .containsExactly(new Place("deliveries-received", 0, 0));
    assertThat(only(report, Kind.MISSING).deliveryId()).contains("d-1");
  }

  @Test
  void namesWhatIsDoubledAndBothItsPlaces() {
    topics.repeat(Topics.EVENTS_ORDERED, 1);
    int copy = topics.size(Topics.EVENTS_ORDERED) - 1;

    AuditReport report = TestAudit.of(topics);

    assertThat(report.total().doubled()).isEqualTo(1);
    assertThat(only(report, Kind.DOUBLED).places())
        .contains(new Place("events-ordered", 0, 1), new Place("events-ordered", 0, copy));
  }

  @Test
  void namesAnEventThatIsOnTwoTopics() {
    topics.add(Topics.EVENTS_LATE, "lead/crm:L-1", topics.get(Topics.EVENTS_ORDERED, 0));

    assertThat(only(TestAudit.of(topics), Kind.DOUBLED).places())
        .contains(new Place("events-ordered", 0, 0), new Place("events-late", 0, 1));
  }

  @Test
  void namesAnOutcomeWhoseDeliveryIsGone() {
    topics.remove(Topics.DELIVERIES_RECEIVED, 1);

    AuditReport report = TestAudit.of(topics);

    assertThat(report.counts()).containsKey(Kind.OUT_OF_NOWHERE);
    assertThat(report.findings(true).map(Finding::places))
        .allMatch(places -> places.getFirst().offset() == 1);
  }

  @Test
  void doesNotAskForDeliveriesThatHaveExpired() {
    topics.remove(Topics.DELIVERIES_RECEIVED, 0);
    AuditScope scope =
        new AuditScope(Optional.empty(), Instant.MIN, Instant.MAX, NOON.plus(Duration.ofDays(1)));

    AuditReport report = TestAudit.of(topics, scope, List::of);

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.excluded().expired()).isEqualTo(4);
  }

  @Test
  void namesAnOutcomeOfADeliveryThatWasNeverWritten() {
    topics.add(
        Topics.EVENTS_ORDERED,
        "lead/crm:L-1",
        withLineage(topics.get(Topics.EVENTS_ORDERED, 0), new Lineage("d-9", 0, 99L, 0)));
    topics.add(
        Topics.EVENTS_ORDERED,
        "lead/crm:L-1",
        withLineage(topics.get(Topics.EVENTS_ORDERED, 0), new Lineage("d-1", 0, 0L, 44)));

    AuditReport report = TestAudit.of(topics);

    assertThat(report.counts()).isEqualTo(Map.of(Kind.OUT_OF_NOWHERE, 2L));
  }

  @Test
  void leavesWhatCameAfterItsBeginningAlone() {
    Audit audit = TestAudit.audit(topics, AuditScope.everything(), TestAudit.NORMALIZER, 10);
    audit.open();
    topics.add(Topics.DELIVERIES_RECEIVED, "leads", TestDelivery.of("d-9", NOON, "{}"));
    topics.add(
        Topics.EVENTS_ORDERED,
        "lead/crm:L-1",
        withLineage(topics.get(Topics.EVENTS_ORDERED, 0), new Lineage("d-9", 0, 3L, 0)));

    boolean decided = audit.look(List::of);
    AuditReport report = audit.report();

    assertThat(decided).isTrue();
    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.total().deliveries()).isEqualTo(3);
    assertThat(report.excluded().later()).isEqualTo(1);
  }

  @Test
  void forgetsWhatWasMissingOnceItIsThere() {
    MemoryTopics cut = topics.copy();
    cut.remove(Topics.EVENTS_ORDERED, 0);
    Audit audit = TestAudit.audit(cut, AuditScope.everything(), TestAudit.NORMALIZER, 10);
    audit.open();
    audit.look(List::of);
    assertThat(audit.report().counts()).isEqualTo(Map.of(Kind.MISSING, 1L));
    assertThat(audit.report().counts()).isEqualTo(Map.of(Kind.MISSING, 1L));

    Event late = topics.get(Topics.EVENTS_ORDERED, 0);
    cut.add(Topics.EVENTS_ORDERED, EventKeys.record(late), late);
    audit.look(List::of);

    assertThat(audit.report().counts()).isEmpty();
    assertThat(audit.report().total()).isEqualTo(TestAudit.of(topics).total());
  }

  @Test
  void countsWhatIsHeldBackAsWaiting() {
    AuditReport waiting =
        TestAudit.of(after(flow -> flow.deliver(TestDelivery.of("d-1", NOON, WAITS))));

    assertThat(waiting.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(waiting.total().waiting()).isEqualTo(1);
  }

  @Test
  void missesAnEventThatWaitedAndWasThenRemoved() {
    MemoryTopics released =
        after(
            flow -> {
              flow.deliver(TestDelivery.of("d-1", NOON, WAITS));
              flow.pass(Duration.ofMinutes(10));
            });
    assertThat(TestAudit.of(released.copy()).total().ordered()).isEqualTo(1);
    released.remove(Topics.EVENTS_ORDERED, 0);

    assertThat(only(TestAudit.of(released), Kind.MISSING).deliveryId()).contains("d-1");
  }

  @Test
  void cannotDecideWhileTheFlowIsBehind() {
    topics.add(
        Topics.DELIVERIES_RECEIVED, "leads", TestDelivery.of("d-9", NOON, created("9", "L-9")));

    AuditReport report =
        TestAudit.of(topics, AuditScope.everything(), () -> List.of("normalize is behind"));

    assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(report.total().underWay()).isEqualTo(1);
    assertThat(report.behind()).containsExactly("normalize is behind");
  }

  @Test
  void doesNotCareHowFarTheFlowIsWhenEverythingHasEnded() {

    AuditReport report =
        TestAudit.of(topics, AuditScope.everything(), () -> List.of("records is behind"));

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.behind()).isEmpty();
  }

  @Test
  void namesAnEventThatIsNotTheOneItsDeliveryHolds() {
    Event event = topics.get(Topics.EVENTS_ORDERED, 1);
    topics.replace(Topics.EVENTS_ORDERED, 1, Event.newBuilder(event).setEventId("another").build());

    Finding finding = only(TestAudit.of(topics), Kind.DIFFERS);

    assertThat(finding.text()).contains("event_id is another, not " + event.getEventId());
    assertThat(finding.places()).contains(new Place("events-ordered", 0, 1));
  }

  @Test
  void namesAnEventUnderAWrongKey() {
    topics.rekey(Topics.EVENTS_ORDERED, 0, "lead/crm:L-2");

    assertThat(only(TestAudit.of(topics), Kind.DIFFERS).places())
        .contains(new Place("events-ordered", 0, 0));
  }

  @Test
  void tellsButDoesNotBlameAnEventThatReadsDifferentlyToday() {
    Event event = topics.get(Topics.EVENTS_ORDERED, 0);
    topics.replace(
        Topics.EVENTS_ORDERED,
        0,
        Event.newBuilder(event).setData(Map.of("lead_id", "L-1", "company", "altered")).build());

    AuditReport report = TestAudit.of(topics);

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.counts()).isEqualTo(Map.of(Kind.READS_DIFFERENTLY, 1L));
    assertThat(report.findings().getFirst().text()).contains("data differs in company");
  }

  @Test
  void namesAnEventThatWasDeliveredTwice() {
    Event admitted = topics.get(Topics.EVENTS_ORDERED, 0);
    topics.remove(Topics.EVENTS_DUPLICATE, 0);
    topics.add(
        Topics.EVENTS_ORDERED, "lead/crm:L-1", withLineage(admitted, new Lineage("d-2", 0, 1L, 0)));

    assertThat(only(TestAudit.of(topics), Kind.DELIVERED_TWICE).places())
        .containsExactly(
            new Place("deliveries-received", 0, 1),
            new Place("events-ordered", 0, 0),
            new Place("events-ordered", 0, 3));
  }

  @Test
  void allowsTheSameIdAgainAfterItsWindow() {
    Instant later = NOON.plus(Duration.ofDays(9));
    AuditReport report =
        TestAudit.of(
            after(
                flow -> {
                  flow.deliver(TestDelivery.of("d-1", NOON, created("1", "L-1")));
                  flow.deliver(TestDelivery.of("d-2", later, lead("1", "L-1", later)));
                  flow.pass(Duration.ofMinutes(10));
                }));

    assertThat(report.total().ordered()).isEqualTo(2);
    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void namesAnEventThatWasDroppedForOneThatWasDropped() {
    String event = created("1", "L-1");
    MemoryTopics three =
        after(
            flow -> {
              flow.deliver(TestDelivery.of("d-1", NOON, event));
              flow.deliver(TestDelivery.of("d-2", NOON, event));
              flow.deliver(TestDelivery.of("d-3", NOON, event));
            });
    DuplicateEvent third = three.get(Topics.EVENTS_DUPLICATE, 1);
    three.replace(
        Topics.EVENTS_DUPLICATE,
        1,
        DuplicateEvent.newBuilder(third).setFirst(new Lineage("d-2", 0, 1L, 0)).build());

    assertThat(only(TestAudit.of(three), Kind.SWALLOWED).deliveryId()).contains("d-3");
  }

  /** As a flow did that compared ids without their records. */
  @Test
  void namesAnEventThatWasDroppedForOneAboutAnotherRecord() {
    MemoryTopics two =
        after(
            flow -> {
              flow.deliver(TestDelivery.of("d-1", NOON, created("1", "L-1")));
              flow.deliver(TestDelivery.of("d-2", NOON, created("1", "L-2")));
              flow.deliver(TestDelivery.of("d-3", NOON, created("1", "L-2")));
              flow.pass(Duration.ofMinutes(10));
            });
    assertThat(TestAudit.of(two.copy()).verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(two.size(Topics.EVENTS_ORDERED)).isEqualTo(2);

    DuplicateEvent dropped = two.get(Topics.EVENTS_DUPLICATE, 0);
    two.replace(
        Topics.EVENTS_DUPLICATE,
        0,
        DuplicateEvent.newBuilder(dropped).setFirst(new Lineage("d-1", 0, 0L, 0)).build());

    Finding finding = only(TestAudit.of(two), Kind.SWALLOWED);
    assertThat(finding.deliveryId()).contains("d-3");
    assertThat(finding.places()).contains(new Place("events-ordered", 0, 0));
  }

  /** The mapping of the record's id was changed between the two. */
  @Test
  void namesAnEventThatWasSwallowedUnderAnEarlierMapping() {
    topics.replace(
        Topics.EVENTS_DUPLICATE,
        0,
        DuplicateEvent.newBuilder(topics.get(Topics.EVENTS_DUPLICATE, 0))
            .setRecord(new RecordRef("lead", "crm:L-0"))
            .build());

    AuditReport report = TestAudit.of(topics);

    assertThat(report.counts()).containsOnlyKeys(Kind.SWALLOWED, Kind.READS_DIFFERENTLY);
  }

  /** A letter takes the place of its part; it does not come in addition to it. */
  @Test
  void namesALetterThatWasDeliveredThoughItsPartHadBeen() {
    Delivery first = TestDelivery.of("d-9", NOON, created("9", "L-9"));
    MemoryTopics twice =
        after(
            flow -> {
              flow.deliver(first);
              flow.deliver(TestDelivery.replay(first, 0));
              flow.pass(Duration.ofMinutes(10));
            });
    assertThat(twice.size(Topics.EVENTS_DUPLICATE)).isEqualTo(1);
    Event admitted = twice.get(Topics.EVENTS_ORDERED, 0);
    twice.remove(Topics.EVENTS_DUPLICATE, 0);
    twice.add(
        Topics.EVENTS_ORDERED, "lead/crm:L-9", withLineage(admitted, new Lineage("d-9", 0, 1L, 0)));

    assertThat(only(TestAudit.of(twice), Kind.DELIVERED_TWICE).deliveryId()).contains("d-9");
  }

  /** In time by a correct clock. */
  @Test
  void namesAnEventDeliveredTwiceByEdgesWhoseClocksDiffer() {
    Instant later = NOON.plus(Duration.ofDays(3)).plus(Duration.ofHours(1));
    MemoryTopics twice =
        after(
            flow -> {
              flow.deliver(TestDelivery.of("d-1", NOON, created("1", "L-1")));
              flow.deliver(TestDelivery.of("d-2", later, created("1", "L-1")));
              flow.pass(Duration.ofMinutes(10));
            });
    Event admitted = twice.get(Topics.EVENTS_ORDERED, 0);
    twice.remove(Topics.EVENTS_DUPLICATE, 0);
    twice.add(
        Topics.EVENTS_ORDERED,
        "lead/crm:L-1",
        Event.newBuilder(withLineage(admitted, new Lineage("d-2", 0, 1L, 0)))
            .setReceivedAt(later)
            .build());

    only(TestAudit.of(twice), Kind.DELIVERED_TWICE);
  }

  @Test
  void takesAReplayedLetterAsADeliveryOfItsOwn() {
    Delivery first = TestDelivery.of("d-1", NOON, created("1", "L-1"), nobody());
    AuditReport report =
        TestAudit.of(
            after(
                flow -> {
                  flow.deliver(first);
                  flow.deliver(TestDelivery.replay(first, 1));
                  flow.deliver(TestDelivery.replay(first, -1));
                  flow.pass(Duration.ofMinutes(10));
                }));

    assertThat(report.counts()).isEmpty();
    assertThat(report.total().accepted()).isEqualTo(5);
    assertThat(report.total().dead()).isEqualTo(3);
  }

  @Test
  void takesALetterForTheWholeDeliveryAsTheEndOfAllItsParts() {
    topics.add(
        Topics.DELIVERIES_RECEIVED,
        "leads",
        TestDelivery.of("d-9", NOON, created("8", "L-8"), created("9", "L-9")));
    topics.add(
        Topics.DEAD_LETTERS,
        "leads",
        letter(new Lineage("d-9", 0, 3L, -1), "normalize-deliveries"));

    AuditReport report = TestAudit.of(topics);

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.total().dead()).isEqualTo(3);
  }

  @Test
  void looksPastLettersOfWhatFailedAfterTheAdmission() {
    Lineage admitted = topics.get(Topics.EVENTS_ORDERED, 0).getMetadata().getLineage();
    topics.add(Topics.DEAD_LETTERS, "leads", letter(admitted, "score-leads"));

    assertThat(TestAudit.of(topics).verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void countsEventsThatWereRaisedApartAndNamesThoseThatWereRaisedTwice() {
    Event raised =
        withLineage(
            Event.newBuilder(topics.get(Topics.EVENTS_ORDERED, 0))
                .setSource("millrace")
                .setEventId("qualified-1")
                .build(),
            new Lineage("cause", -1, -1L, 0));
    topics.add(Topics.EVENTS_ORDERED, "lead/crm:L-1", raised);

    AuditReport once = TestAudit.of(topics.copy());
    assertThat(once.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(once.excluded().raised()).isEqualTo(1);

    topics.add(Topics.EVENTS_ORDERED, "lead/crm:L-1", raised);
    assertThat(TestAudit.of(topics).counts()).isEqualTo(Map.of(Kind.DOUBLED, 1L));
  }

  @Test
  void namesWhatSomebodyElseWrote() {
    topics.addForeign(Topics.EVENTS_ORDERED);
    topics.add(Topics.EVENTS_LATE, "x", null);

    AuditReport report = TestAudit.of(topics);

    assertThat(report.counts()).isEqualTo(Map.of(Kind.FOREIGN, 2L));
    assertThat(report.findings().getFirst().places())
        .containsExactly(new Place("events-ordered", 0, topics.size(Topics.EVENTS_ORDERED) - 1L));
  }

  @Test
  void countsWhatReportsNothingAndMissesNoRecordOfIt() {
    topics.add(
        Topics.DELIVERIES_RECEIVED,
        "leads",
        TestDelivery.of("ping-1", NOON, created("9", "L-9"), created("10", "L-10")));

    AuditReport report = TestAudit.of(topics, AuditScope.everything(), List::of, pings("ping-1"));

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.counts()).isEmpty();
    assertThat(report.total())
        .extracting(HourCounts::accepted, HourCounts::nothing, HourCounts::missing)
        .containsExactly(9L, 2L, 0L);
  }

  @Test
  void notesAnOutcomeOfWhatReportsNothingToday() {
    AuditReport report =
        TestAudit.of(topics.copy(), AuditScope.everything(), List::of, pings("d-1"));

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.counts()).isEqualTo(Map.of(Kind.READS_DIFFERENTLY, 4L));
    assertThat(report.total().accepted()).isEqualTo(7);
    assertThat(report.total().nothing()).isZero();

    topics.remove(Topics.EVENTS_ORDERED, 0);
    AuditReport without = TestAudit.of(topics, AuditScope.everything(), List::of, pings("d-1"));
    assertThat(without.total().nothing()).isEqualTo(1);
    // Its duplicate was dropped for an event that no topic has now.
    assertThat(without.counts()).containsEntry(Kind.SWALLOWED, 1L);
  }

  @Test
  void stillSeesTwoOutcomesOfWhatReportsNothingToday() {
    topics.add(Topics.EVENTS_ORDERED, "lead/crm:L-1", topics.get(Topics.EVENTS_ORDERED, 0));

    assertThat(
            TestAudit.of(topics, AuditScope.everything(), List::of, pings("d-1"))
                .counts()
                .get(Kind.DOUBLED))
        .isEqualTo(1L);
  }

  /** Normalizes as usual, but takes every part of one delivery for a ping. */
  private static DeliveryNormalizer pings(String deliveryId) {
    return (delivery, partition, offset) -> {
      List<Normalized> parts = TestAudit.NORMALIZER.normalize(delivery, partition, offset);
      return delivery.getDeliveryId().equals(deliveryId)
          ? IntStream.range(0, parts.size())
              .<Normalized>mapToObj(
                  index ->
                      new Normalized.Nothing(
                          "ping", new Lineage(deliveryId, partition, offset, index)))
              .toList()
          : parts;
    };
  }

  @Test
  void countsWhatIsThereWhereTheSourceIsNotConnectedNow() {
    AuditReport report =
        TestAudit.of(
            topics,
            AuditScope.everything(),
            List::of,
            (delivery, partition, offset) ->
                List.of(
                    new Normalized.Refused(
                        letter(
                            new Lineage(delivery.getDeliveryId(), partition, offset, -1),
                            "normalize-deliveries"))));

    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.counts()).containsOnlyKeys(Kind.SPLITS_DIFFERENTLY);
    assertThat(report.total().accepted()).isEqualTo(7);
    assertThat(report.total().ordered()).isEqualTo(3);
  }

  @Test
  void auditsOneSourceAndATimeOnly() {
    Instant later = NOON.plusSeconds(7200);
    topics.add(
        Topics.DELIVERIES_RECEIVED, "leads", TestDelivery.of("d-8", later, created("8", "L-8")));
    topics.remove(Topics.EVENTS_ORDERED, 0);

    AuditReport secondHour =
        TestAudit.of(
            topics.copy(),
            new AuditScope(Optional.of("leads"), NOON.plusSeconds(3600), Instant.MAX, Instant.MIN),
            List::of);
    assertThat(secondHour.counts()).isEqualTo(Map.of(Kind.MISSING, 1L));
    assertThat(secondHour.total().accepted()).isEqualTo(1);

    AuditReport other =
        TestAudit.of(
            topics.copy(),
            new AuditScope(Optional.of("crm"), Instant.MIN, Instant.MAX, Instant.MIN),
            List::of);
    assertThat(other.total().accepted()).isZero();
    assertThat(other.verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void countsAllButTellsOnlyTheFirstFindings() {
    for (int number = 0; number < 15; number++) {
      topics.add(
          Topics.DELIVERIES_RECEIVED,
          "leads",
          TestDelivery.of("more-" + number, NOON, created("e-" + number, "L-1")));
    }

    AuditReport report = TestAudit.of(topics);

    assertThat(report.counts()).isEqualTo(Map.of(Kind.MISSING, 15L));
    assertThat(report.findings()).hasSize(10);
    assertThat(report.total().missing()).isEqualTo(15);
  }

  /** Seven parts: three ordered, a late one, two duplicates and a dead one. */
  private static MemoryTopics theUsual() {
    return after(
        flow -> {
          flow.deliver(
              TestDelivery.of(
                  "d-1",
                  NOON,
                  created("1", "L-1"),
                  click("2", "ada@example.com", NOON),
                  nobody(),
                  lead("3", "L-1", NOON.plusSeconds(5))));
          flow.pass(Duration.ofMinutes(10));
          flow.deliver(
              TestDelivery.of(
                  "d-2", NOON, created("1", "L-1"), click("2", "ada@example.com", NOON)));
          flow.deliver(TestDelivery.of("d-3", NOON, lead("4", "L-1", NOON.minusSeconds(3600))));
          flow.pass(Duration.ofMinutes(10));
        });
  }

  private static MemoryTopics after(Consumer<WholeFlow> traffic) {
    try (WholeFlow flow = new WholeFlow(NOON)) {
      traffic.accept(flow);
      return flow.topics();
    }
  }

  private static String created(String eventId, String lead) {
    return lead("lead.created", eventId, lead, NOON);
  }

  private static Finding only(AuditReport report, Kind kind) {
    assertThat(report.counts()).isEqualTo(Map.of(kind, 1L));
    assertThat(report.verdict()).isEqualTo(Verdict.NOT_BALANCED);
    return report.findings().getFirst();
  }

  private static Event withLineage(Event event, Lineage lineage) {
    return Event.newBuilder(event)
        .setMetadata(EventMetadata.newBuilder(event.getMetadata()).setLineage(lineage).build())
        .build();
  }

  private static DeadLetter letter(Lineage lineage, String stage) {
    return DeadLetter.newBuilder()
        .setDeadLetterId(lineage.getDeliveryId() + "/" + lineage.getIndex())
        .setReason("UNKNOWN_SOURCE")
        .setSource(TestDelivery.SOURCE)
        .setReceivedAt(NOON)
        .setLineage(lineage)
        .setOriginal(ByteBuffer.allocate(0))
        .setAttempts(List.of(new Attempt(NOON, stage, "UNKNOWN_SOURCE", "It failed.")))
        .build();
  }
}
