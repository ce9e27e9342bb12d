package io.millrace.flow.signal;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.ActivityMark;
import io.millrace.event.DeadLetter;
import io.millrace.event.PersonMessage;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.JoiningPeople;
import io.millrace.flow.testing.MapStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

final class DetectSignalsTest {
  private static final String ANN = "ann@example.com";
  private static final SignalRule PRICING_INTEREST = EngagementFlow.RULES.signals().getFirst();

  @Test
  void announcesThreePricingVisitsAsSoonAsTheThirdArrives() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, 0, 8);
      assertThat(flow.signals()).isEmpty();

      visit(flow, 16);

      List<TestRecord<String, Signal>> signals = flow.read(Topics.SIGNALS_DETECTED);
      assertThat(signals).extracting(TestRecord::key).containsExactly(ANN);
      assertThat(signals).extracting(TestRecord::timestamp).containsExactly(NOON.toEpochMilli());
      assertThat(signals.getFirst().value().getSignal()).isEqualTo("pricing-interest");
      assertThat(signals.getFirst().value().getEventIds())
          .containsExactly("site/h0", "site/h8", "site/h16");
    }
  }

  @Test
  void findsOneSignalInAnyOrder() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, 16, 0, 8);

      assertThat(flow.signals())
          .extracting(Signal::getSignalId)
          .containsExactly("ann@example.com|pricing-interest|1");
    }
  }

  @Test
  void doesNotCountADuplicate() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, 0, 8, 8, 0, 8);

      assertThat(flow.signals()).isEmpty();
    }
  }

  @Test
  void givesNoSecondSignalInsideTheCooldown() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, 0, 1, 2, 3, 4, 5);

      assertThat(flow.signals()).hasSize(1);
    }
  }

  @Test
  void correctsASignalThatALateEventMoves() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, 0, 5, 10, 7);
      flow.pass(Duration.ofMinutes(2));

      assertThat(flow.signals())
          .extracting(Signal::getStatus)
          .containsExactly("DETECTED", "CORRECTED");
      assertThat(flow.values(Topics.LEAD_SCORES).getLast().getContributions())
          .filteredOn(contribution -> contribution.getRule().equals("pricing-interest"))
          .extracting(contribution -> contribution.getCount())
          .containsExactly(1L);
    }
  }

  @Test
  void keepsPeopleApart() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      visit(flow, 0, 1);
      flow.arrive(pricingVisit("bob@example.com", "b2", NOON));

      assertThat(flow.signals()).isEmpty();
    }
  }

  @Test
  void setsAnEventAsideThatItFailsOn() {
    SignalRule broken =
        new SignalRule(
            "broken", "", "pricing-visit", 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    EngagementRules rules =
        new EngagementRules(
            EngagementFlow.RULES.activities(),
            List.of(broken, EngagementFlow.RULES.signals().getFirst()),
            EngagementFlow.RULES.scoring(),
            Optional.empty());
    try (EngagementFlow flow = new EngagementFlow(NOON, rules)) {
      visit(flow, 0, 1, 2);

      List<DeadLetter> letters = flow.values(Topics.DEAD_LETTERS);
      assertThat(letters).hasSize(3);
      assertThat(letters.getFirst().getReason()).isEqualTo("PROCESSING_FAILED");
      assertThat(letters.getFirst().getAttempts().getFirst().getStage())
          .isEqualTo("detect-signals");
      assertThat(flow.signals()).as("the other rule goes on").hasSize(1);
    }
  }

  @Test
  void passesAChangeOnAfterItsCorrectionsAndItsHistory() {
    JoiningPeople<Object> people = people(new MapStore<>(DetectSignals.MEMORY), PRICING_INTEREST);
    people.move("cookie", ANN);
    people.said();
    for (int hour : List.of(0, 8, 16)) {
      people.arrive(
          pricingVisit(hour == 8 ? "cookie" : ANN, "h" + hour, NOON.plus(Duration.ofHours(hour))),
          List.of("pricing-visit"));
    }
    people.said();

    people.move("cookie", "bob");

    List<Record<?, ?>> said = people.said();
    assertThat(said.stream().map(record -> (String) record.key()))
        .containsExactly(ANN, ANN, "bob", ANN);
    assertThat(((Signal) said.get(0).value()).getStatus()).isEqualTo("RETRACTED");
    assertThat(((ScoreInput) said.get(1).value()).counts())
        .isEqualTo(Map.of("signal:pricing-interest", -1L));
    PersonMessage message = (PersonMessage) said.get(2).value();
    assertThat(message.getIdentifier()).isEqualTo("cookie");
    assertThat(message.getNumber()).isEqualTo(2);
    assertThat(message.getHistory().orElseThrow().getSignals().getFirst().getMarks())
        .extracting(ActivityMark::getEventId)
        .containsExactly("site/h8");
    assertThat(said.get(3).value()).isInstanceOf(ScoreMessage.Changed.class);
  }

  @Test
  void sendsNoHistoryOfAnIdentifierThatDidNothing() {
    JoiningPeople<Object> people = people(new MapStore<>(DetectSignals.MEMORY), PRICING_INTEREST);
    people.arrive(pricingVisit(ANN, "h0", NOON), List.of("pricing-visit"));
    people.move("cookie", ANN);
    people.said();

    people.move("cookie", "bob");

    assertThat(people.said()).hasSize(1);
  }

  @Test
  void settlesARuleThatIsNotDeclaredAnyMoreWhenAPersonChanges() {
    MapStore<SignalMemory> memories = new MapStore<>(DetectSignals.MEMORY);
    SignalRule each = rule("each", 1);
    JoiningPeople<Object> before = people(memories, each, rule("never", 50));
    for (int hour = 0; hour < 20; hour++) {
      before.arrive(
          pricingVisit("cookie", "h" + hour, NOON.plus(Duration.ofHours(hour))),
          List.of("pricing-visit"));
    }
    before.arrive(pricingVisit("bob", "b", NOON), List.of("pricing-visit"));
    int all = memories.rows().size();

    JoiningPeople<Object> after = people(memories, PRICING_INTEREST);
    after.move("cookie", ANN);

    assertThat(after.said()).as("the change alone").hasSize(1);
    assertThat(memories.rows().size()).isLessThan(all);
    assertThat(memories.rows().keySet())
        .as("the last number remains, and what is known of others")
        .containsExactly("each/3:bob", "each/6:cookie", "never/3:bob");
    assertThat(Objects.requireNonNull(memories.rows().get("each/6:cookie")).getSettledSignals())
        .isEqualTo(20);
  }

  @Test
  void sendsALongHistoryInParts() {
    JoiningPeople<Object> people = people(new MapStore<>(DetectSignals.MEMORY), rule("never", 50));
    for (int each = 0; each < 40; each++) {
      people.arrive(
          pricingVisit("cookie", each + "x".repeat(200_000), NOON), List.of("pricing-visit"));
    }
    people.move("cookie", ANN);
    assertThat(people.underWay()).isGreaterThan(4);

    while (people.underWay() > 0) {
      people.deliver(people.underWay() - 1);
    }
    people.said();
    for (int each = 0; each < 10; each++) {
      people.arrive(pricingVisit(ANN, "h" + each, NOON), List.of("pricing-visit"));
    }

    assertThat(people.said())
        .as("50 of them; the signal itself is too long for its topic")
        .anyMatch(record -> record.value() instanceof ScoreInput);
  }

  private static JoiningPeople<Object> people(
      MapStore<SignalMemory> memories, SignalRule... rules) {
    Outlet<ScoreMessage> next = Outlet.of(DetectSignals.NAME);
    next.attach("score");
    FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
    return new JoiningPeople<>(new DetectSignals(List.of(rules), next, metrics), memories, NOON);
  }

  private static SignalRule rule(String name, int count) {
    Duration day = Duration.ofDays(1);
    return new SignalRule(name, "", "pricing-visit", count, day, Duration.ZERO, day);
  }

  /** Visits the pricing page at these hours, all heard of in one moment. */
  private static void visit(EngagementFlow flow, int... hours) {
    for (int hour : hours) {
      flow.arrive(pricingVisit(ANN, "h" + hour, NOON.plus(Duration.ofHours(hour))));
    }
  }
}
