package io.millrace.flow.engagement;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static io.millrace.flow.testing.EngagementEvents.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.expression.EventCondition;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

final class RecognizeActivitiesTest {
  private static final String ANN = "ann@example.com";

  @Test
  void admitsEveryEventOnceUnderItsPerson() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "e1", NOON));
      flow.arrive(pricingVisit(ANN, "e1", NOON));
      flow.arrive(event(ANN, "e2", "call.finished", NOON, Map.of()));

      List<TestRecord<String, Event>> ordered = flow.read(Topics.EVENTS_ORDERED);
      assertThat(ordered).extracting(TestRecord::key).containsOnly("person/ann@example.com");
      assertThat(ordered).extracting(TestRecord::timestamp).containsOnly(NOON.toEpochMilli());
      assertThat(ordered)
          .extracting(record -> record.value().getEventId())
          .containsExactly("e1", "e2");
      assertThat(flow.values(Topics.EVENTS_DUPLICATE))
          .extracting(DuplicateEvent::getEventId)
          .containsExactly("e1");
    }
  }

  @Test
  void setsAnEventAsideThatAnExpressionFailsOn() {
    EventCondition endless = EventCondition.of("data.all(a, data.all(b, data.all(c, a != '')))");
    Activity broken = new Activity("broken", "", List.of("page.viewed"), Optional.of(endless));
    EngagementRules rules =
        new EngagementRules(
            new Activities(List.of(broken)),
            List.of(),
            EngagementFlow.RULES.scoring(),
            Optional.empty());
    Map<String, String> many = new HashMap<>();
    IntStream.range(0, 100).forEach(index -> many.put("field" + index, "x"));
    try (EngagementFlow flow = new EngagementFlow(NOON, rules)) {
      flow.arrive(event(ANN, "e1", "page.viewed", NOON, many));
      flow.arrive(event(ANN, "e2", "page.viewed", NOON, Map.of("path", "x")));
      flow.pass(Duration.ofMinutes(2));

      DeadLetter letter = flow.values(Topics.DEAD_LETTERS).getFirst();
      assertThat(letter.getReason()).isEqualTo("PROCESSING_FAILED");
      assertThat(letter.getDeadLetterId()).isEqualTo("delivery-e1/0");
      assertThat(flow.values(Topics.EVENTS_ORDERED))
          .extracting(Event::getEventId)
          .containsExactly("e2");
      assertThat(flow.batches()).extracting(EngagementBatch::getEvents).containsExactly(1L);
    }
  }

  @Test
  void refusesATimeThatCannotBeReckonedWith() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "e1", Instant.ofEpochMilli(Long.MAX_VALUE)));
      flow.pass(Duration.ofMinutes(2));

      DeadLetter letter = flow.values(Topics.DEAD_LETTERS).getFirst();
      assertThat(letter.getReason()).isEqualTo("INVALID_FIELD");
      assertThat(letter.getEventId()).contains("e1");
      assertThat(letter.getReceivedAt()).isEqualTo(NOON);
      assertThat(StandardCharsets.UTF_8.decode(letter.getOriginal()).toString())
          .contains("\"event_id\":\"e1\"");
      assertThat(flow.values(Topics.EVENTS_ORDERED)).isEmpty();
      assertThat(flow.batches()).isEmpty();
    }
  }

  @Test
  void letsAReplayPassOnceUnderABatchOfItsOwn() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit(ANN, "e1", NOON));
      flow.pass(Duration.ofMinutes(2));
      flow.arrive(replayed(pricingVisit(ANN, "e1", NOON), 1));
      flow.arrive(replayed(pricingVisit(ANN, "e1", NOON), 1));
      flow.pass(Duration.ofMinutes(2));

      assertThat(flow.batches())
          .extracting(EngagementBatch::getBatchId)
          .containsExactly(
              "ann@example.com|2026-03-02T12:00:00Z|site/e1|0/0/0",
              "ann@example.com|2026-03-02T12:00:00Z|site/e1|0/1/0");
    }
  }
}
