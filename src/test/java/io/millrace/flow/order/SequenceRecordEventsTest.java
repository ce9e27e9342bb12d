package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SequenceRecordEventsTest {
  private static final Duration WINDOW = Duration.ofSeconds(2);

  private final RecordsFlow flow = new RecordsFlow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void emitsCreationAtOnce() {
    flow.arrive(created());

    assertThat(flow.orderedIds()).containsExactly("created");
  }

  @Test
  void updateBeforeItsCreationWaitsAndFollowsIt() {
    flow.arrive(update(20));
    flow.pass(Duration.ofMinutes(1));
    assertThat(flow.orderedIds()).isEmpty();

    flow.arrive(created());

    List<Event> ordered = flow.ordered();
    assertThat(ordered).extracting(Event::getEventId).containsExactly("created", "update-20");
    assertThat(ordered.getLast().getMetadata().getOrphan()).isFalse();
  }

  @Test
  void creationDoesNotCutShortTheReorderWindowOfWhatWaits() {
    flow.arrive(update(30));
    flow.arrive(created());
    flow.arrive(update(20));
    assertThat(flow.orderedIds()).containsExactly("created");

    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("update-20", "update-30");
  }

  @Test
  void updateWhoseCreationNeverComesIsLetThroughFlaggedAfterFiveMinutes() {
    flow.arrive(update(20));
    flow.arrive(update(30));
    flow.pass(Duration.ofMinutes(5).minusMillis(1));
    assertThat(flow.orderedIds()).isEmpty();

    flow.pass(Duration.ofMillis(1));

    List<Event> ordered = flow.ordered();
    assertThat(ordered).extracting(Event::getEventId).containsExactly("update-20", "update-30");
    assertThat(ordered)
        .extracting(event -> event.getMetadata().getOrphan())
        .containsExactly(true, false);
  }

  @Test
  void doesNotGiveUpWhileTheCreationMayBeADeliveryThatIsNotNormalized() {
    flow.arrive(update(20));
    flow.normalizedThrough(flow.now());
    flow.pass(Duration.ofMinutes(6));
    assertThat(flow.orderedIds()).isEmpty();

    flow.arrive(created());
    flow.normalizedThrough(flow.now());
    flow.pass(WINDOW);
    flow.normalizedThrough(flow.now());
    flow.pass(WINDOW);
    assertThat(flow.ordered())
        .noneMatch(event -> event.getMetadata().getOrphan())
        .extracting(Event::getEventId)
        .containsExactly("created", "update-20");
  }

  @Test
  void givesUpOnceWhatArrivedInTimeIsNormalized() {
    flow.arrive(update(20));
    flow.normalizedThrough(flow.now().plus(Duration.ofMinutes(5)).minusMillis(1));
    flow.pass(Duration.ofMinutes(6));
    assertThat(flow.orderedIds()).isEmpty();

    flow.normalizedThrough(flow.now());
    flow.pass(Duration.ofSeconds(1));
    assertThat(flow.orderedIds()).containsExactly("update-20");
  }

  @Test
  void whatLiesInABacklogOfDeliveriesIsNotLateWhereNothingElseArrives() {
    flow.arrive(created());
    flow.pass(Duration.ofSeconds(5));
    flow.orderedIds();
    flow.arrive(update(40).source("fast"));
    flow.normalizedThrough(flow.now());
    flow.pass(Duration.ofSeconds(10));
    flow.arriveAhead(update(30).source("slow"), Duration.ofSeconds(-9));
    flow.normalizedThrough(flow.now());
    flow.pass(WINDOW);
    flow.normalizedThrough(flow.now());
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("update-30", "update-40");
    assertThat(flow.lateIds()).isEmpty();
  }

  @Test
  void recordIsKnownOnceAnOrphanWentThrough() {
    flow.arrive(update(20));
    flow.pass(Duration.ofMinutes(5));
    flow.arrive(update(30));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("update-20", "update-30");
  }

  @Test
  void putsUpdatesWithinTheWindowInOrder() {
    flow.arrive(created());
    flow.arrive(update(40));
    flow.arrive(update(20));
    flow.pass(Duration.ofSeconds(1));
    flow.arrive(update(30));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("created", "update-20", "update-30", "update-40");
  }

  @Test
  void whatFallsDueTakesAllEarlierOnesWithIt() {
    flow.arrive(created());
    flow.arrive(update(40));
    flow.pass(Duration.ofMillis(1_900));
    flow.arrive(update(30));
    flow.pass(Duration.ofSeconds(1));

    assertThat(flow.orderedIds()).containsExactly("created", "update-30", "update-40");
  }

  @Test
  void lateEventGoesToItsOwnTopicAndStillFillsAField() {
    flow.arrive(created());
    flow.arrive(update(30).data("status", "won"));
    flow.pass(WINDOW);
    flow.leads();

    flow.arrive(update(20).data("status", "open").data("phone", "+49 30 1234"));

    assertThat(flow.lateIds()).containsExactly("update-20");
    assertThat(flow.leads())
        .singleElement()
        .satisfies(
            lead -> {
              assertThat(lead.value().getStatus()).contains("won");
              assertThat(lead.value().getPhone()).contains("+49 30 1234");
            });
  }

  @Test
  void updateThatNamesThePreviousValueDoesNotWait() {
    flow.arrive(created().data("status", "new"));
    flow.arrive(update(20).previous("status", "new").data("status", "open"));
    flow.arrive(update(30).previous("status", "open").data("status", "won"));

    assertThat(flow.orderedIds()).containsExactly("created", "update-20", "update-30");
  }

  @Test
  void missingLinkReleasesTheWholeChain() {
    flow.arrive(created().data("status", "new"));
    flow.arrive(update(30).previous("status", "open").data("status", "won"));
    assertThat(flow.orderedIds()).containsExactly("created");

    flow.arrive(update(20).previous("status", "new").data("status", "open"));

    assertThat(flow.orderedIds()).containsExactly("update-20", "update-30");
  }

  @Test
  void contiguousSequenceDoesNotWait() {
    flow.arrive(created().sequence(1));
    flow.arrive(update(40).sequence(4));
    flow.arrive(update(30).sequence(3));
    flow.arrive(update(20).sequence(2));

    assertThat(flow.orderedIds()).containsExactly("created", "update-20", "update-30", "update-40");
  }

  @Test
  void wallClockDoesNotReleaseWhileThereIsMoreToRead() {
    flow.caughtUp(false);
    flow.arrive(created());
    flow.arrive(update(20));
    flow.pass(Duration.ofHours(1));
    assertThat(flow.orderedIds()).containsExactly("created");

    flow.caughtUp(true);
    flow.pass(Duration.ofMillis(200));

    assertThat(flow.orderedIds()).containsExactly("update-20");
  }

  @Test
  void timeOfOtherRecordsReleasesToo() {
    flow.caughtUp(false);
    flow.arrive(created());
    flow.arrive(update(20));
    flow.pass(WINDOW);
    flow.arrive(TestEvent.of("lead.created", "lead/L-2"));

    assertThat(flow.orderedIds()).containsExactly("created", "lead.created", "update-20");
  }

  @Test
  void edgeWhoseClockIsAheadDoesNotStopTheTimersOfOthers() {
    flow.arriveAhead(TestEvent.of("lead.created", "lead/L-2"), Duration.ofMinutes(50));
    flow.arrive(created());
    flow.arrive(update(20));
    assertThat(flow.orderedIds()).containsExactly("lead.created", "created");

    for (int second = 0; second < 3; second++) {
      flow.pass(Duration.ofSeconds(1));
      flow.arrive(TestEvent.of("payment.succeeded", "payment/P-" + second));
    }

    assertThat(flow.orderedIds()).contains("update-20");
  }

  @Test
  void paymentDoesNotWaitForACreation() {
    flow.arrive(TestEvent.of("payment.succeeded", "payment/P-1"));
    flow.pass(WINDOW);

    assertThat(flow.ordered())
        .singleElement()
        .satisfies(event -> assertThat(event.getMetadata().getOrphan()).isFalse());
  }

  @Test
  void letsEarliestGoBeforeTheirTime_whenTooManyWait() {
    OrderingRule two = new OrderingRule(WINDOW, Duration.ZERO, 2);
    try (RecordsFlow small = new RecordsFlow(new OrderingRules(two, Map.of()))) {
      small.arrive(update(50));
      small.arrive(update(40));
      assertThat(small.orderedIds()).isEmpty();

      small.arrive(update(30));
      assertThat(small.orderedIds()).containsExactly("update-30");

      small.pass(WINDOW);
      assertThat(small.orderedIds()).containsExactly("update-40", "update-50");
    }
  }

  @Test
  void cancellationWaitsForTheUpgradeThatItTellsOf() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      shipped.arrive(subscription("created", 10).data("plan", "basic"));
      shipped.arrive(subscription("cancelled", 30).data("plan", "pro").data("status", "cancelled"));
      shipped.pass(Duration.ofMinutes(4));
      assertThat(shipped.orderedIds()).containsExactly("subscription.created");

      shipped.arrive(subscription("upgraded", 20).previous("plan", "basic").data("plan", "pro"));

      assertThat(shipped.orderedIds())
          .containsExactly("subscription.upgraded", "subscription.cancelled");
      assertThat(shipped.lateIds()).isEmpty();
    }
  }

  @Test
  void stageMoveWaitsForTheMoveBeforeIt() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      shipped.arrive(deal("created", 10).data("stage", "new"));
      shipped.arrive(deal("won", 30).previous("stage", "offer").data("stage", "won"));
      shipped.arrive(deal("updated", 40).data("amount", "7"));
      shipped.pass(Duration.ofMinutes(1));
      assertThat(shipped.orderedIds())
          .as("nor does what is behind it go")
          .containsExactly("deal.created");

      shipped.arrive(deal("offered", 20).previous("stage", "new").data("stage", "offer"));

      assertThat(shipped.orderedIds()).containsExactly("deal.offered", "deal.won", "deal.updated");
    }
  }

  @Test
  void eventWhosePrerequisiteNeverComesGoesAfterFiveMinutes_withAllBehindIt() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      shipped.arrive(deal("created", 10).data("stage", "new"));
      shipped.arrive(deal("won", 30).previous("stage", "offer").data("stage", "won"));
      shipped.pass(Duration.ofMinutes(1));
      shipped.arrive(deal("updated", 40).data("amount", "7"));
      shipped.pass(Duration.ofMinutes(4).minusMillis(1));
      assertThat(shipped.orderedIds()).containsExactly("deal.created");

      shipped.pass(Duration.ofMillis(200));

      assertThat(shipped.ordered())
          .allMatch(event -> !event.getMetadata().getOrphan())
          .extracting(Event::getEventId)
          .containsExactly("deal.won", "deal.updated");
    }
  }

  @Test
  void lateEventCanBeWhatAnotherWaitedFor() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      shipped.arrive(deal("created", 10).data("stage", "new"));
      shipped.arrive(deal("updated", 25).data("amount", "7").previous("amount", null));
      shipped.arrive(deal("won", 30).previous("stage", "offer").data("stage", "won"));
      shipped.pass(WINDOW);
      assertThat(shipped.orderedIds()).containsExactly("deal.created", "deal.updated");

      shipped.arrive(deal("offered", 20).previous("stage", "new").data("stage", "offer"));

      assertThat(shipped.lateIds()).containsExactly("deal.offered");
      assertThat(shipped.orderedIds()).containsExactly("deal.won");
    }
  }

  @Test
  void moveThatWasSentAsTwoEventsIsNotHeld() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      shipped.arrive(deal("created", 10).data("stage", "new"));
      shipped.arrive(deal("stage_changed", 20).previous("stage", "new").data("stage", "won"));
      shipped.arrive(deal("updated", 20).previous("stage", "new").data("stage", "won"));
      shipped.pass(WINDOW);

      assertThat(shipped.orderedIds())
          .containsExactlyInAnyOrder("deal.created", "deal.stage_changed", "deal.updated");
    }
  }

  @Test
  void updateOfADeletedRecordWaitsForItToComeBack() {
    flow.arrive(created());
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").id("deleted").at(20));
    flow.pass(WINDOW);
    flow.arrive(update(40));
    flow.pass(Duration.ofMinutes(1));
    assertThat(flow.orderedIds()).containsExactly("created", "deleted");

    flow.arrive(TestEvent.of("lead.restored", "lead/L-1").id("restored").at(30));

    assertThat(flow.orderedIds()).containsExactly("restored", "update-40");
  }

  @Test
  void eventFromTheFutureDoesNotMakeLaterOnesLate() {
    flow.arrive(created());
    flow.arrive(update(flow.now().plus(Duration.ofDays(3_650)).toEpochMilli()));
    flow.pass(WINDOW);
    flow.arrive(update(flow.now().toEpochMilli()).id("now"));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).hasSize(3).endsWith("now");
    assertThat(flow.lateIds()).isEmpty();
  }

  @Test
  void clockThatIsAheadByMinutesDefinesTheOrderAllTheSame() {
    long ahead = flow.now().plus(Duration.ofMinutes(5)).toEpochMilli();
    flow.arrive(created());
    flow.arrive(update(ahead));
    flow.arrive(update(ahead - 1));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds())
        .containsExactly("created", "update-" + (ahead - 1), "update-" + ahead);
  }

  @Test
  void elementsOfOneInstantAreEmittedAsListed_andTheRecordKeepsWhatDoesNotDependOnTheList() {
    flow.arrive(created());
    flow.arrive(update(20).id("b").index(0).delivery("D").data("status", "first"));
    flow.arrive(update(20).id("a").index(1).delivery("D").data("status", "second"));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("created", "b", "a");
    assertThat(flow.leads().getLast().value().getStatus()).contains("first");
  }

  @Test
  void numbersMakeTheRecordFollowTheListToo() {
    flow.arrive(created());
    flow.arrive(update(20).id("b").index(0).delivery("D").sequence(7).data("status", "first"));
    flow.arrive(update(20).id("a").index(1).delivery("D").sequence(8).data("status", "second"));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("created", "b", "a");
    assertThat(flow.leads().getLast().value().getStatus()).contains("second");
  }

  @Test
  void replayOfTheLastEventIsNotTakenForOneThatMissesAChange() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      shipped.arrive(deal("created", 10).data("stage", "new"));
      shipped.arrive(deal("won", 30).previous("stage", "new").data("stage", "won").sequence(4));
      shipped.arrive(
          deal("won", 30).previous("stage", "new").data("stage", "won").sequence(4).replay(1));
      shipped.pass(WINDOW);

      assertThat(shipped.orderedIds()).containsExactly("deal.created", "deal.won", "deal.won");
    }
  }

  @Test
  void replayDoesNotReplaceTheWaitingOriginal() {
    flow.arrive(update(20));
    flow.arrive(update(20).replay(1));
    flow.arrive(created());
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("created", "update-20", "update-20");
  }

  @Test
  void keepsAbsurdTimesInOrder() {
    flow.arrive(created().at(Long.MIN_VALUE / 2));
    flow.arrive(update(253_402_300_799_000L));
    flow.arrive(update(0));
    flow.pass(WINDOW);

    assertThat(flow.orderedIds()).containsExactly("created", "update-0", "update-253402300799000");
  }

  @Test
  void stampsWhatATimerReleasesWithItsArrival() {
    flow.arrive(created());
    Event update = flow.arrive(update(20));
    flow.pass(Duration.ofHours(1));

    List<TestRecord<String, Event>> ordered = flow.read(Topics.EVENTS_ORDERED);
    assertThat(ordered.getLast().timestamp()).isEqualTo(update.getReceivedAt().toEpochMilli());
    assertThat(ordered.getLast().key()).isEqualTo("lead/L-1");
    assertThat(ordered.getLast().headers()).isEmpty();
  }

  private static TestEvent subscription(String verb, long at) {
    return TestEvent.of("subscription." + verb, "subscription/S-1").at(at);
  }

  private static TestEvent deal(String verb, long at) {
    return TestEvent.of("deal." + verb, "deal/D-1").at(at);
  }

  private static TestEvent created() {
    return TestEvent.of("lead.created", "lead/L-1").id("created").at(10);
  }

  private static TestEvent update(long at) {
    return TestEvent.of("lead.updated", "lead/L-1").id("update-" + at).at(at);
  }
}
