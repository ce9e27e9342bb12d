package io.millrace.stream;

import static io.millrace.rule.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import io.millrace.rule.Behaviour;
import io.millrace.rule.Compared;
import io.millrace.rule.ScoreOutcome;
import io.millrace.rule.Scoring;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** What the first version remembered of scores goes on. */
final class ScoreUpgradeTest {
  private static final Scoring SCORING =
      new Scoring(EngagementFlow.RULES.scoring(), Optional.of(EngagementFlow.RULES.scoring()));

  @Test
  void scoresWhatOlderVersionsCounted() throws IOException {
    Map<String, Map<String, Long>> counts =
        Map.of("form-submitted", Map.of("2026-03-01", 1L, "2031-01-01", 1L));

    ScoreOutcome outcome = open(remembered(counts, 15));

    // The day in the future, of a wrong clock, is today's from now on.
    assertThat(outcome.memory().getCounts())
        .isEqualTo(
            Map.of(
                "form-submitted", Map.of("2026-03-01", 1L, "2026-03-02", 1L),
                "email-open", Map.of("2026-03-02", 1L)));
    assertThat(outcome.score().orElseThrow().getScore()).isEqualTo(31);
    LeadScoreChange change = outcome.change().orElseThrow();
    assertThat(change.getPreviousScore()).isEqualTo(15);
    assertThat(change.getPreviousModel()).isEmpty();
    assertThat(change.getModel()).isEqualTo("lead-score/2");
    assertThat(outcome.compared()).isEqualTo(new Compared.NothingNew());
  }

  @Test
  void namesBothModelsFromThenOn() throws IOException {
    ScoreOutcome first = open(remembered(Map.of(), 0));

    ScoreOutcome second = open(first.memory());

    assertThat(second.change().orElseThrow().getPreviousModel()).contains("lead-score/2");
  }

  @Test
  void tellsOfNobodyWhoWasAboveAThresholdAlready() throws IOException {
    assertThat(open(remembered(Map.of("form-submitted", Map.of("2026-03-02", 9L)), 75)).raised())
        .isEmpty();
    // Thirty points for forms, and twenty for the product: what reaches sixty is the opened mail.
    ScoreMemory near =
        remembered(
            Map.of(
                "form-submitted", Map.of("2026-03-02", 2L),
                "product-use", Map.of("2026-03-02", 10L),
                "email-open", Map.of("2026-03-02", 9L)),
            59);
    assertThat(open(near).raised()).hasSize(1);
  }

  private static ScoreOutcome open(ScoreMemory memory) {
    Behaviour opened =
        new Behaviour(
            LocalDate.parse("2026-03-02"), Map.of("email-open", 1L), NOON, "batch:b", NOON);
    return SCORING.add(Optional.of(memory), "ann@example.com", opened);
  }

  private static ScoreMemory remembered(Map<String, Map<String, Long>> counts, int score)
      throws IOException {
    Schema first = SchemaHistory.of("ScoreMemory").getFirst();
    GenericRecord row =
        new GenericRecordBuilder(first)
            .set("counts", counts)
            .set("score", score)
            .set("contributions", List.of())
            .set("as_of", NOON.toEpochMilli())
            .build();
    var encoded = new BinaryMessageEncoder<GenericRecord>(new GenericData(), first).encode(row);
    var bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return StateSerde.of(ScoreMemory.class).deserializer().deserialize("any", bytes);
  }
}
