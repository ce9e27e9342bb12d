package io.millrace.flow.engagement;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.OpenPane;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.score.ScoreLeads;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.MapStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

final class BatchEngagementTest {
  private static final String ANN = "ann@example.com";
  private static final String BOB = "bob@example.com";

  @Test
  void closesAMinuteOfEngagementWithNothingAfterIt() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "e1", NOON));
      flow.pass(Duration.ofSeconds(20));
      flow.arrive(pricingVisit(ANN, "e2", NOON.plusSeconds(19)));

      flow.pass(Duration.ofSeconds(39));
      assertThat(flow.batches()).isEmpty();
      assertThat(flow.waiting()).isEqualTo(1);
      flow.pass(Duration.ofSeconds(1));

      TestRecord<String, EngagementBatch> batch = only(flow.read(Topics.ENGAGEMENT_BATCHES));
      assertThat(batch.key()).isEqualTo(ANN);
      assertThat(batch.timestamp()).isEqualTo(NOON.plusSeconds(20).toEpochMilli());
      assertThat(batch.headers().toArray()).isEmpty();
      assertThat(batch.value().getEvents()).isEqualTo(2);
      assertThat(batch.value().getActivities())
          .isEqualTo(Map.of("page-visit", 2L, "pricing-visit", 2L));
      assertThat(batch.value().getLate()).isFalse();
      assertThat(flow.waiting()).isZero();
    }
  }

  @Test
  void closesByWhatArrivesWhileThereIsMoreToRead() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.caughtUp(false);
      flow.arriveAt(NOON, pricingVisit(ANN, "e1", NOON));
      flow.pass(Duration.ofMinutes(10));
      assertThat(flow.batches()).isEmpty();

      flow.arriveAt(NOON.plusSeconds(59), pricingVisit(ANN, "e2", NOON.plusSeconds(2)));
      assertThat(flow.batches()).isEmpty();
      flow.arriveAt(NOON.plusSeconds(60), pricingVisit(BOB, "e3", NOON.plusSeconds(60)));

      assertThat(only(flow.batches()).getEvents()).isEqualTo(2);
    }
  }

  @Test
  void givesWhatComesLateAsAnotherDelta() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(opened("e1", NOON));
      flow.pass(Duration.ofMinutes(5));
      flow.arrive(opened("e2", NOON.plusSeconds(1)));
      flow.pass(Duration.ofSeconds(30));
      flow.arrive(opened("e3", NOON.plusSeconds(2)));
      flow.pass(Duration.ofMinutes(5));

      List<EngagementBatch> batches = flow.batches();
      assertThat(batches).extracting(EngagementBatch::getWindowStart).containsExactly(NOON, NOON);
      assertThat(batches).extracting(EngagementBatch::getEvents).containsExactly(1L, 2L);
      assertThat(batches).extracting(EngagementBatch::getLate).containsExactly(false, true);
      assertThat(batches).extracting(EngagementBatch::getBatchId).doesNotHaveDuplicates();
    }
  }

  @Test
  void doesNotHoldAMinuteFromTheFuture() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(opened("e1", Instant.parse("2099-01-01T00:00:00Z")));
      flow.arrive(opened("e2", NOON));
      flow.pass(Duration.ofMinutes(1));

      assertThat(flow.batches())
          .extracting(EngagementBatch::getEvents, EngagementBatch::getLate)
          .containsExactlyInAnyOrder(tuple(1L, false), tuple(1L, false));
      assertThat(flow.waiting()).isZero();
    }
  }

  @Test
  void closesTheMinuteOfAQuietPersonOnABusyPartition() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.caughtUp(false);
      flow.pass(Duration.ofMinutes(2));
      flow.arriveAt(NOON, opened("e1", NOON));
      for (int second = 1; second <= 60; second++) {
        Instant at = NOON.plusSeconds(second);
        flow.arriveAt(at, event(BOB, "b" + second, "email.opened", at, Map.of()));
      }

      assertThat(flow.batches())
          .as("by what arrives alone")
          .extracting(EngagementBatch::getPerson, EngagementBatch::getEvents)
          .containsExactlyInAnyOrder(tuple(ANN, 1L), tuple(BOB, 59L));
    }
  }

  @Test
  void waitsForTheBacklogBeforeItClosesByTheWallClock() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.caughtUp(false);
      flow.arrive(opened("e1", NOON));
      flow.pass(Duration.ofHours(1));
      assertThat(flow.batches()).isEmpty();

      flow.caughtUp(true);
      flow.pass(Duration.ofSeconds(1));

      assertThat(only(flow.batches()).getLate()).isFalse();
    }
  }

  @Test
  void addsUpWhateverComesLateAndHowLate() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      List<Duration> delays =
          List.of(
              Duration.ZERO,
              Duration.ofSeconds(70),
              Duration.ofHours(2),
              Duration.ofDays(20),
              Duration.ofDays(400));
      for (Duration delay : delays) {
        flow.arriveAt(NOON.plus(delay), opened("one-" + delay, NOON));
        flow.arriveAt(NOON.plus(delay), opened("two-" + delay, NOON.plusSeconds(59)));
        flow.pass(Duration.ofMinutes(1));
      }

      List<EngagementBatch> batches = flow.batches();
      assertThat(batches).extracting(EngagementBatch::getWindowStart).containsOnly(NOON);
      assertThat(batches).extracting(EngagementBatch::getEvents).containsOnly(2L).hasSize(5);
      assertThat(batches)
          .extracting(EngagementBatch::getLate)
          .containsExactly(false, true, true, true, true);
      assertThat(batches).extracting(EngagementBatch::getBatchId).doesNotHaveDuplicates();
    }
  }

  @Test
  void gathersMinutesOfTheFarPastAndFutureWithThePresentOne() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(opened("past", Instant.parse("0001-01-01T00:00:30Z")));
      flow.arrive(opened("before 1970", Instant.parse("1969-12-31T23:59:59.999Z")));
      flow.arrive(opened("future", Instant.parse("9998-12-31T23:59:59Z")));
      flow.pass(Duration.ofSeconds(59));
      assertThat(flow.batches()).isEmpty();

      flow.pass(Duration.ofSeconds(1));

      assertThat(flow.batches())
          .extracting(batch -> batch.getWindowStart() + " " + batch.getLate())
          .containsExactlyInAnyOrder(
              "0001-01-01T00:00:00Z true",
              "1969-12-31T23:59:00Z true",
              "9998-12-31T23:59:00Z false");
      assertThat(flow.waiting()).isZero();
    }
  }

  @Test
  void closesAfterARestartWhatWasOpenBefore() {
    MapStore<OpenPane> panes = new MapStore<>(OpenPanes.PANES);
    MockProcessorContext<String, Object> before = context(panes, NOON);
    BatchEngagement step = step(before);
    for (Event event :
        List.of(opened("e1", NOON), event(BOB, "e2", "email.opened", NOON, Map.of()))) {
      step.process(engagement(event));
    }
    assertThat(before.forwarded()).isEmpty();

    MockProcessorContext<String, Object> after = context(panes, NOON.plusSeconds(50));
    BatchEngagement next = step(after);
    next.process(engagement(opened("e3", NOON.plusSeconds(5))));
    after.setCurrentStreamTimeMs(NOON.plusSeconds(60).toEpochMilli());
    after.setCurrentSystemTimeMs(NOON.plusSeconds(60).toEpochMilli());
    after.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);

    assertThat(after.forwarded())
        .extracting(forwarded -> forwarded.record().value())
        .filteredOn(EngagementBatch.class::isInstance)
        .extracting(EngagementBatch.class::cast)
        .extracting(EngagementBatch::getBatchId, EngagementBatch::getEvents)
        .containsExactlyInAnyOrder(
            tuple("ann@example.com|2026-03-02T12:00:00Z|site/e1|0/0/0", 2L),
            tuple("bob@example.com|2026-03-02T12:00:00Z|site/e2|0/0/0", 1L));
  }

  @Test
  void keepsIdentifiersOfAPersonApart() {
    MockProcessorContext<String, Object> context = context(new MapStore<>(OpenPanes.PANES), NOON);
    BatchEngagement step = step(context);
    step.process(engagement(ANN, opened("e1", NOON)));
    step.process(engagement(ANN, event(BOB, "e2", "email.opened", NOON, Map.of())));
    step.process(engagement(ANN, event(BOB, "e3", "email.opened", NOON, Map.of())));

    closeAll(context);

    assertThat(batches(context))
        .extracting(
            EngagementBatch::getPerson, EngagementBatch::getIdentifier, EngagementBatch::getEvents)
        .containsExactly(tuple(ANN, ANN, 1L), tuple(ANN, BOB, 2L));
    assertThat(batches(context))
        .extracting(EngagementBatch::getBatchId)
        .containsExactly(
            "ann@example.com|2026-03-02T12:00:00Z|site/e1|0/0/0",
            "ann@example.com|2026-03-02T12:00:00Z|site/e2|0/0/0");
    assertThat(scoreInputs(context)).extracting(ScoreInput::identifier).containsExactly(ANN, BOB);
  }

  @Test
  void closesTheMinutesOfAnIdentifierThatLeaves() {
    MapStore<OpenPane> panes = new MapStore<>(OpenPanes.PANES);
    MockProcessorContext<String, Object> context = context(panes, NOON);
    BatchEngagement step = step(context);
    Instant before = NOON.minusSeconds(90);
    step.process(engagement(ANN, opened("e1", NOON)));
    step.process(engagement(ANN, event(BOB, "e2", "email.opened", before, Map.of())));
    step.process(engagement(ANN, event(BOB, "e3", "email.opened", NOON, Map.of())));
    step.process(engagement(ANN, event(BOB, "e4", "email.opened", NOON.plusSeconds(61), Map.of())));
    step.process(engagement(BOB, event(BOB, "e5", "email.opened", NOON, Map.of())));

    step.process(changed(ANN, new PersonInput.Departure(BOB, BOB, 3)));

    assertThat(batches(context))
        .extracting(EngagementBatch::getPerson, EngagementBatch::getWindowStart)
        .containsExactlyInAnyOrder(
            tuple(ANN, NOON.minusSeconds(120)), tuple(ANN, NOON), tuple(ANN, NOON.plusSeconds(60)));
    assertThat(scoreInputs(context))
        .extracting(ScoreInput::identifier)
        .containsOnly(BOB)
        .hasSize(3);
    assertThat(panes.rows().values())
        .extracting(pane -> pane.getBatch().getPerson())
        .containsExactly(ANN, BOB);

    context.resetForwards();
    closeAll(context);
    assertThat(batches(context)).hasSize(2);
  }

  @Test
  void addsUpWhatAnIdentifierDidBeforeAndAfterItLeft() {
    MockProcessorContext<String, Object> context = context(new MapStore<>(OpenPanes.PANES), NOON);
    BatchEngagement step = step(context);
    step.process(engagement(ANN, event(BOB, "e1", "email.opened", NOON, Map.of())));
    step.process(changed(ANN, new PersonInput.Departure(BOB, BOB, 3)));
    step.process(engagement(BOB, event(BOB, "e2", "email.opened", NOON, Map.of())));

    closeAll(context);

    assertThat(batches(context))
        .extracting(EngagementBatch::getPerson, EngagementBatch::getEvents)
        .containsExactly(tuple(ANN, 1L), tuple(BOB, 1L));
    assertThat(batches(context)).extracting(EngagementBatch::getBatchId).doesNotHaveDuplicates();
  }

  private static void closeAll(MockProcessorContext<String, Object> context) {
    context.setCurrentStreamTimeMs(NOON.plusSeconds(180).toEpochMilli());
    context.setCurrentSystemTimeMs(NOON.plusSeconds(180).toEpochMilli());
    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);
  }

  private static List<EngagementBatch> batches(MockProcessorContext<String, Object> context) {
    return forwarded(context, EngagementBatch.class);
  }

  private static List<ScoreInput> scoreInputs(MockProcessorContext<String, Object> context) {
    return forwarded(context, ScoreInput.class);
  }

  private static <V> List<V> forwarded(
      MockProcessorContext<String, Object> context, Class<V> type) {
    return context.forwarded().stream()
        .map(forwarded -> forwarded.record().value())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static Record<String, Behaviour> changed(String person, PersonInput.Change change) {
    return new Record<>(person, new Behaviour.Changed(change), NOON.toEpochMilli());
  }

  private static MockProcessorContext<String, Object> context(
      MapStore<OpenPane> panes, Instant now) {
    MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    context.addStateStore(panes);
    context.setCurrentStreamTimeMs(now.toEpochMilli());
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    return context;
  }

  private static BatchEngagement step(MockProcessorContext<String, Object> context) {
    FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
    Outlet<ScoreMessage> next = Outlet.of(BatchEngagement.NAME);
    next.attach(ScoreLeads.NAME);
    BatchEngagement step = new BatchEngagement((topic, partition) -> true, next, metrics);
    step.init(context);
    return step;
  }

  private static Record<String, Behaviour> engagement(Event event) {
    return engagement(event.getRecord().getId(), event);
  }

  private static Record<String, Behaviour> engagement(String person, Event event) {
    return new Record<>(
        person, new Engagement(event, List.of()), event.getReceivedAt().toEpochMilli());
  }

  @Test
  void keepsPeopleAndMinutesApart() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(opened("e1", NOON));
      flow.arrive(opened("e2", NOON.minusSeconds(1)));
      flow.arrive(event(BOB, "e3", "email.opened", NOON, Map.of()));
      assertThat(flow.waiting()).isEqualTo(3);

      flow.pass(Duration.ofMinutes(1));

      assertThat(flow.batches())
          .extracting(EngagementBatch::getBatchId)
          .containsExactlyInAnyOrder(
              "ann@example.com|2026-03-02T12:00:00Z|site/e1|0/0/0",
              "ann@example.com|2026-03-02T11:59:00Z|site/e2|0/1/0",
              "bob@example.com|2026-03-02T12:00:00Z|site/e3|0/2/0");
    }
  }

  @Test
  void emitsManyMinutesThatCloseAtOnceWithoutLosingOne() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      for (int person = 0; person < 2_500; person++) {
        flow.arrive(event("p" + person, "e" + person, "email.opened", NOON, Map.of()));
      }
      flow.pass(Duration.ofMinutes(1));
      flow.pass(Duration.ofSeconds(1));
      flow.pass(Duration.ofSeconds(1));

      assertThat(flow.batches())
          .extracting(EngagementBatch::getPerson)
          .hasSize(2_500)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void closesAMinuteOfTooManyKindsBeforeItsTime() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      for (int type = 0; type < 1_500; type++) {
        flow.arrive(event(ANN, "e" + type, "type." + type, NOON, Map.of()));
      }
      assertThat(only(flow.batches()).getEvents()).isEqualTo(1_000);

      flow.pass(Duration.ofMinutes(1));

      assertThat(only(flow.batches()).getEvents()).isEqualTo(500);
    }
  }

  private static Event opened(String id, Instant occurredAt) {
    return event(ANN, id, "email.opened", occurredAt, Map.of());
  }

  private static <T> T only(List<T> values) {
    assertThat(values).hasSize(1);
    return values.getFirst();
  }
}
