package io.millrace.flow;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.naive.NaiveEngagement;
import io.millrace.flow.signal.DetectSignals;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.TestRules;
import io.millrace.flow.usage.CountUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/**
 * What is remembered of people who do not come back is freed, and nobody can tell from what stands.
 */
final class SilentPeopleTest {
  private static final String ANN = "ann@example.com";
  private static final Duration LONG = Duration.ofDays(16);

  @Test
  void freesWhatIsRememberedOf200000People() {
    int people = 200_000;
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "visit", NOON));
      flow.arrive(event(ANN, "use", "product.opened", NOON, Map.of()));
      KeyValueStore<String, SignalMemory> signals = flow.store(DetectSignals.MEMORY);
      KeyValueStore<String, UsageMemory> usage = flow.store(CountUsage.MEMORY);
      SignalMemory visited = signals.get(RuleKey.of("pricing-interest", ANN));
      UsageMemory used = usage.get(RuleKey.of("weekly-use", ANN));
      for (int person = 0; person < people; person++) {
        signals.put(RuleKey.of("pricing-interest", "p" + person), visited);
        usage.put(RuleKey.of("weekly-use", "p" + person), used);
      }

      flow.arriveAt(NOON.plus(LONG).plusSeconds(60), opened("other"));
      for (int walk = 0; walk <= people / StoreWalk.ROWS_AT_ONCE; walk++) {
        flow.pass(StoreWalk.EVERY);
      }

      assertThat(rows(flow, DetectSignals.MEMORY)).isZero();
      assertThat(rows(flow, CountUsage.MEMORY)).isZero();
    }
  }

  @Test
  void freesNothingBeforeItsTime() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "a", NOON.minus(Duration.ofHours(2))));
      flow.arrive(pricingVisit(ANN, "b", NOON.minus(Duration.ofHours(1))));
      // Nine days after the last arrival: remember, within and a day.
      flow.arriveAt(NOON.plus(Duration.ofDays(9)), opened("other"));
      flow.pass(StoreWalk.EVERY);
      assertThat(rows(flow, DetectSignals.MEMORY)).isEqualTo(1);

      flow.arrive(pricingVisit(ANN, "c", NOON));

      assertThat(flow.signals()).hasSize(1);
    }
  }

  @Test
  void freesNothingWhileTheFlowStandsStill() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "a", NOON));

      flow.pass(Duration.ofDays(100));

      assertThat(rows(flow, DetectSignals.MEMORY)).isEqualTo(1);
    }
  }

  @Test
  void numbersSignalsOnAfterASilence() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, "first", NOON, 3);
      Instant later = NOON.plus(LONG);
      flow.arriveAt(later, opened("other"));
      flow.pass(StoreWalk.EVERY);
      SignalMemory left =
          flow.<SignalMemory>store(DetectSignals.MEMORY).get(RuleKey.of("pricing-interest", ANN));
      assertThat(left.getMarks()).isEmpty();
      assertThat(left.getDetected()).isEmpty();

      visit(flow, "second", later.plusSeconds(60), 3);

      assertThat(flow.signals())
          .extracting(Signal::getSignalId)
          .containsExactly(
              "ann@example.com|pricing-interest|1", "ann@example.com|pricing-interest|2");
    }
  }

  @Test
  void freesEveryRowOfSomebodyWhoDidALot() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, "v", NOON, 100);
      for (int i = 0; i < 100; i++) {
        flow.arrive(event(ANN, "u" + i, "product.opened", NOON.plusSeconds(i), Map.of()));
      }
      assertThat(rows(flow, DetectSignals.MEMORY)).isGreaterThan(200);
      assertThat(rows(flow, CountUsage.MEMORY)).isGreaterThan(200);

      flow.arriveAt(NOON.plus(LONG), opened("other"));
      flow.pass(StoreWalk.EVERY);

      assertThat(rows(flow, DetectSignals.MEMORY)).as("the number of signals").isEqualTo(1);
      assertThat(rows(flow, CountUsage.MEMORY)).isZero();
    }
  }

  @Test
  void keepsTheStepsSomebodyHasDone() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(event(ANN, "a", "product.project_created", NOON, Map.of()));
      Instant later = NOON.plus(Duration.ofDays(500));
      flow.arriveAt(later, opened("other"));
      flow.pass(StoreWalk.EVERY);

      flow.arriveAt(later, event(ANN, "b", "product.feature_used", later, Map.of()));

      assertThat(flow.values(Topics.USAGE_COUNTED))
          .filteredOn(said -> said.getUsage().equals("onboarding"))
          .extracting(UsageCount::getCount)
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void doesNotCountALetterAnewThatIsReplayedAfterItsTime() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(event(ANN, "a", "product.opened", NOON, Map.of()));
      flow.arrive(event(ANN, "b", "product.opened", NOON.plusSeconds(1), Map.of()));
      flow.arriveAt(NOON.plus(LONG), opened("other"));
      flow.pass(StoreWalk.EVERY);
      assertThat(rows(flow, CountUsage.MEMORY)).isZero();

      flow.arriveAgain(event(ANN, "b", "product.opened", NOON.plusSeconds(1), Map.of()), NOON);

      assertThat(flow.values(Topics.USAGE_COUNTED))
          .extracting(UsageCount::getCount)
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void freesWhatRulesRememberThatAreDeclaredNoMore() {
    FlowRules none =
        TestRules.with(
            new EngagementRules(
                EngagementFlow.RULES.activities(),
                List.of(),
                EngagementFlow.RULES.scoring(),
                EngagementFlow.RULES.candidate()));
    try (EngagementFlow before = new EngagementFlow(NOON);
        EngagementFlow after = new EngagementFlow(NOON, none, StoreKind.IN_MEMORY)) {
      visit(before, "v", NOON, 100);
      try (KeyValueIterator<String, SignalMemory> rows =
          before.<SignalMemory>store(DetectSignals.MEMORY).all()) {
        rows.forEachRemaining(
            row -> after.<SignalMemory>store(DetectSignals.MEMORY).put(row.key, row.value));
      }
      after.arriveAt(NOON.plus(Duration.ofDays(29)), opened("other"));
      after.pass(StoreWalk.EVERY);
      assertThat(rows(after, DetectSignals.MEMORY)).isGreaterThan(200);

      after.arriveAt(NOON.plus(Duration.ofDays(31)), opened("another"));
      after.pass(StoreWalk.EVERY);

      assertThat(rows(after, DetectSignals.MEMORY)).isZero();
    }
  }

  /**
   * Events come no later than the rules remember, with silences between that free what was before.
   */
  @Test
  void standsWithWhatTheWholeListSaysHoweverLongTheSilences() {
    long seed = Long.getLong("seed", new Random().nextLong());
    long freed = 0;
    for (int round = 0; round < 20; round++) {
      Random random = new Random(seed + round);
      List<Event> events = events(random);
      EngagementConvergenceTest.Outcome expected = NaiveEngagement.of(events, EngagementFlow.RULES);
      Map<String, String> signals = new TreeMap<>();
      Map<String, String> usage = new TreeMap<>();
      try (EngagementFlow flow = new EngagementFlow(NOON)) {
        for (Event event : events) {
          flow.arriveAt(event.getReceivedAt(), event);
          long before = rows(flow, CountUsage.MEMORY);
          flow.pass(StoreWalk.EVERY);
          freed += before - rows(flow, CountUsage.MEMORY);
        }
        flow.signals().forEach(said -> signals.put(said.getSignalId(), standing(said)));
        usage.putAll(EngagementConvergenceTest.usage(flow));
      }
      assertThat(signals).as("-Dseed=%d", seed + round).isEqualTo(expected.standingSignals());
      assertThat(usage).as("-Dseed=%d", seed + round).isEqualTo(expected.usage());
    }
    assertThat(freed).as("seed %d", seed).isGreaterThan(50);
  }

  private static String standing(Signal said) {
    return EngagementConvergenceTest.bytes(Signal.newBuilder(said).setStatus("DETECTED").build());
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    Instant now = NOON;
    for (int number = 0; number < 120; number++) {
      now = now.plusSeconds(pause(random));
      Instant occurredAt = now.minusSeconds(random.nextInt(4) > 0 ? 0 : random.nextInt(600_000));
      String person = "p" + random.nextInt(2);
      Event event =
          random.nextBoolean()
              ? pricingVisit(person, "e" + number, occurredAt)
              : event(person, "e" + number, "product.opened", occurredAt, Map.of());
      events.add(Event.newBuilder(event).setReceivedAt(now).build());
    }
    events.sort(Comparator.comparing(Event::getReceivedAt));
    return events;
  }

  private static long pause(Random random) {
    int kind = random.nextInt(12);
    return kind == 0
        ? Duration.ofDays(10 + random.nextInt(15)).toSeconds()
        : random.nextInt(kind < 4 ? 90_000 : 3_000);
  }

  private static void visit(EngagementFlow flow, String id, Instant from, int times) {
    for (int i = 0; i < times; i++) {
      flow.arriveAt(from, pricingVisit(ANN, id + i, from.plusSeconds(i)));
    }
  }

  private static Event opened(String id) {
    return event("bob@example.com", id, "email.opened", NOON, Map.of());
  }

  private static long rows(EngagementFlow flow, String store) {
    long rows = 0;
    try (KeyValueIterator<String, Object> all = flow.<Object>store(store).all()) {
      for (; all.hasNext(); all.next()) {
        rows++;
      }
    }
    return rows;
  }
}
