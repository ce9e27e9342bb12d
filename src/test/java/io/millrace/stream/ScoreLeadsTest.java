package io.millrace.stream;

import static io.millrace.rule.EngagementEvents.NOON;
import static io.millrace.rule.EngagementEvents.event;
import static io.millrace.rule.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Contribution;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.rule.EngagementRules;
import io.millrace.rule.ScoreRule;
import io.millrace.rule.ScoringModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

final class ScoreLeadsTest {
  private static final String ANN = "ann@example.com";

  @Test
  void scoresWhatAPersonDidOnceTheMinuteIsOver() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(did("e1", "form.submitted"));
      flow.arrive(did("e2", "email.opened"));
      assertThat(flow.values(Topics.LEAD_SCORES)).isEmpty();

      flow.pass(Duration.ofMinutes(1));

      TestRecord<String, LeadScore> score = flow.read(Topics.LEAD_SCORES).getFirst();
      assertThat(score.key()).isEqualTo(ANN);
      assertThat(score.timestamp()).isEqualTo(NOON.toEpochMilli());
      assertThat(score.value().getScore()).isEqualTo(16);
      assertThat(score.value().getContributions())
          .containsExactly(
              new Contribution("opens-mail", 1L, 1.0), new Contribution("sends-forms", 1L, 15.0));
    }
  }

  @Test
  void lowersTheScoreOfWhoUnsubscribes() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(did("e1", "form.submitted"));
      flow.arrive(did("e2", "form.submitted"));
      flow.pass(Duration.ofMinutes(1));
      flow.arrive(did("e3", "email.unsubscribed"));
      flow.pass(Duration.ofMinutes(2));

      assertThat(flow.values(Topics.LEAD_SCORES))
          .extracting(LeadScore::getScore)
          .containsExactly(30, 5);
    }
  }

  @Test
  void chainsEveryChangeToTheOneBefore() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      for (int hour = 0; hour < 6; hour++) {
        flow.arrive(pricingVisit(ANN, "h" + hour, NOON.plus(Duration.ofHours(hour))));
        flow.pass(Duration.ofHours(1));
      }

      List<LeadScoreChange> changes = flow.values(Topics.LEAD_SCORES_CHANGED);
      assertThat(changes).hasSize(7);
      assertThat(changes.getFirst().getPreviousScore()).isZero();
      assertThat(changes.getFirst().getCause())
          .isEqualTo("batch:ann@example.com|2026-03-02T12:00:00Z|site/h0");
      for (int index = 1; index < changes.size(); index++) {
        LeadScoreChange before = changes.get(index - 1);
        assertThat(changes.get(index).getPreviousScore()).isEqualTo(before.getScore());
        assertThat(changes.get(index).getPreviousContributions())
            .isEqualTo(before.getContributions());
      }
      assertThat(changes)
          .extracting(LeadScoreChange::getCause)
          .contains("signal:ann@example.com|pricing-interest|1");
      assertThat(flow.values(Topics.LEAD_SCORES).getLast().getScore())
          .isEqualTo(changes.getLast().getScore());
    }
  }

  @Test
  void setsAsideWhatItFailsOn() {
    ScoreRule broken =
        ScoreRule.each("r", "email-open", Double.NaN, Optional.empty(), Optional.empty());
    EngagementRules rules =
        new EngagementRules(
            EngagementFlow.RULES.activities(),
            List.of(),
            new ScoringModel("m", "1", 0, 1, List.of(broken), List.of()),
            Optional.empty());
    try (EngagementFlow flow = new EngagementFlow(NOON, rules)) {
      flow.arrive(did("e1", "email.opened"));
      flow.pass(Duration.ofMinutes(1));

      DeadLetter letter = flow.values(Topics.DEAD_LETTERS).getFirst();
      assertThat(letter.getReason()).isEqualTo("PROCESSING_FAILED");
      assertThat(letter.getSource()).isEqualTo("engagement");
      assertThat(letter.getLineage().getDeliveryId())
          .isEqualTo("batch:ann@example.com|2026-03-02T12:00:00Z|site/e1");
      assertThat(flow.values(Topics.LEAD_SCORES)).isEmpty();
    }
  }

  private static Event did(String id, String type) {
    return event(ANN, id, type, NOON, Map.of());
  }
}
