package io.millrace.flow.signal;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DeadLetter;
import io.millrace.event.Signal;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

final class DetectSignalsTest {
  private static final String ANN = "ann@example.com";

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

  /** Visits the pricing page at these hours, all heard of in one moment. */
  private static void visit(EngagementFlow flow, int... hours) {
    for (int hour : hours) {
      flow.arrive(pricingVisit(ANN, "h" + hour, NOON.plus(Duration.ofHours(hour))));
    }
  }
}
