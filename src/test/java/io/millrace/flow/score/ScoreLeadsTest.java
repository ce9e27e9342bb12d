package io.millrace.flow.score;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static io.millrace.flow.testing.EngagementEvents.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Contribution;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.event.ScoreComparison;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.model.OwnEvents;
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
          .isEqualTo("batch:ann@example.com|2026-03-02T12:00:00Z|site/h0|0/0/0");
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
  void tellsOfEverybodyWhoReachesAThresholdOnce() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      qualify(flow);
      flow.arrive(did("e9", "product.opened"));
      flow.pass(Duration.ofMinutes(2));

      List<TestRecord<String, Event>> raised =
          flow.read(Topics.EVENTS_ORDERED).stream()
              .filter(record -> OwnEvents.is(record.value()))
              .toList();
      assertThat(raised).hasSize(1);
      assertThat(raised.getFirst().key()).isEqualTo("person/ann@example.com");
      Event qualified = raised.getFirst().value();
      assertThat(qualified.getEventType()).isEqualTo("lead.qualified");
      assertThat(qualified.getEventId()).isEqualTo("ann@example.com|marketing-qualified|1");
      assertThat(qualified.getSource()).isEqualTo("millrace");
      assertThat(qualified.getOccurredAt()).isEqualTo(NOON);
      assertThat(qualified.getRecord()).isEqualTo(new RecordRef("person", ANN));
      assertThat(qualified.getPerson().orElseThrow().getEmail()).contains(ANN);
      assertThat(qualified.getMetadata().getLineage())
          .isEqualTo(
              new Lineage("batch:ann@example.com|2026-03-02T12:00:00Z|site/v0|0/0/0", -1, -1L, -1));
      assertThat(qualified.getData())
          .containsEntry("threshold", "marketing-qualified")
          .containsEntry("score", "64")
          .containsEntry("previous_score", "20")
          .containsEntry("model", "lead-score/2")
          .containsEntry(
              "contributions",
              "[{\"rule\":\"considers-buying\",\"count\":1,\"points\":10.0},"
                  + "{\"rule\":\"looks-at-pricing\",\"count\":3,\"points\":15.0},"
                  + "{\"rule\":\"opens-mail\",\"count\":1,\"points\":1.0},"
                  + "{\"rule\":\"pricing-interest\",\"count\":1,\"points\":20.0},"
                  + "{\"rule\":\"reads-pages\",\"count\":3,\"points\":3.0},"
                  + "{\"rule\":\"sends-forms\",\"count\":1,\"points\":15.0}]");
    }
  }

  @Test
  void tellsNobodyTwiceForAReplay() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      qualify(flow);
      flow.arrive(replayed(did("f1", "form.submitted"), 1));
      flow.pass(Duration.ofMinutes(2));

      assertThat(flow.values(Topics.LEAD_SCORES).getLast().getScore()).isEqualTo(79);
      assertThat(flow.values(Topics.EVENTS_ORDERED).stream().filter(OwnEvents::is)).hasSize(1);
    }
  }

  @Test
  void tellsWhereACandidateDiffersUntilItAgrees() {
    ScoringModel candidate =
        new ScoringModel(
            "lead-score",
            "next",
            0,
            100,
            List.of(
                ScoreRule.each(
                    "sends-forms", "form-submitted", 60, Optional.of(60.0), Optional.empty())),
            EngagementFlow.RULES.scoring().thresholds());
    try (EngagementFlow flow = new EngagementFlow(NOON, with(candidate))) {
      flow.arrive(did("e1", "form.submitted"));
      flow.pass(Duration.ofMinutes(2));
      flow.arrive(did("e2", "email.reported_spam"));
      flow.arrive(did("e3", "email.unsubscribed"));
      flow.pass(Duration.ofMinutes(2));

      ScoreComparison comparison = flow.values(Topics.LEAD_SCORES_COMPARED).getFirst();
      assertThat(comparison.getScore()).isEqualTo(15);
      assertThat(comparison.getCandidateScore()).isEqualTo(60);
      assertThat(comparison.getDifference()).isEqualTo(45);
      assertThat(comparison.getReached()).isEmpty();
      assertThat(comparison.getCandidateReached()).containsExactly("marketing-qualified");
      assertThat(comparison.getCandidateModel()).isEqualTo("lead-score/next");
      assertThat(flow.values(Topics.LEAD_SCORES))
          .extracting(LeadScore::getModel)
          .containsOnly("lead-score/2");
      assertThat(flow.values(Topics.EVENTS_ORDERED).stream().filter(OwnEvents::is)).isEmpty();
    }
  }

  @Test
  void endsAComparisonWithATombstone() {
    ScoringModel candidate =
        new ScoringModel(
            "lead-score",
            "next",
            0,
            100,
            List.of(
                ScoreRule.each("any", "email-open", 1, Optional.empty(), Optional.empty()),
                ScoreRule.each("form", "form-submitted", 15, Optional.empty(), Optional.empty()),
                ScoreRule.each("more", "email-click", 4, Optional.empty(), Optional.empty()),
                ScoreRule.each("use", "product-use", 1, Optional.empty(), Optional.empty())),
            List.of());
    try (EngagementFlow flow = new EngagementFlow(NOON, with(candidate))) {
      flow.arrive(did("e1", "email.opened"));
      flow.pass(Duration.ofMinutes(2));
      assertThat(flow.read(Topics.LEAD_SCORES_COMPARED)).isEmpty();

      flow.arrive(did("e2", "email.clicked"));
      flow.pass(Duration.ofMinutes(2));
      assertThat(flow.values(Topics.LEAD_SCORES_COMPARED))
          .extracting(ScoreComparison::getDifference)
          .containsExactly(1);

      flow.arrive(did("e3", "product.opened"));
      flow.pass(Duration.ofMinutes(2));
      List<TestRecord<String, ScoreComparison>> end = flow.read(Topics.LEAD_SCORES_COMPARED);
      assertThat(end).hasSize(1);
      assertThat(end.getFirst().key()).isEqualTo(ANN);
      assertThat(end.getFirst().value()).isNull();
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
          .isEqualTo("batch:ann@example.com|2026-03-02T12:00:00Z|site/e1|0/0/0");
      assertThat(flow.values(Topics.LEAD_SCORES)).isEmpty();
    }
  }

  /** Three pricing visits, an opened mail and a form, which is what a score of 64 takes. */
  private static void qualify(EngagementFlow flow) {
    for (int visit = 0; visit < 3; visit++) {
      flow.arrive(pricingVisit(ANN, "v" + visit, NOON));
    }
    flow.arrive(did("m1", "email.opened"));
    flow.arrive(did("f1", "form.submitted"));
    flow.pass(Duration.ofMinutes(2));
  }

  private static EngagementRules with(ScoringModel candidate) {
    return new EngagementRules(
        EngagementFlow.RULES.activities(),
        EngagementFlow.RULES.signals(),
        EngagementFlow.RULES.scoring(),
        Optional.of(candidate));
  }

  private static Event did(String id, String type) {
    return event(ANN, id, type, NOON, Map.of());
  }
}
