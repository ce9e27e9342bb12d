package io.millrace.flow.engagement;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static io.millrace.flow.testing.EngagementEvents.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.model.OwnEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the warehouse adds up, whose rows are upserted by their batch_id. */
final class BatchSumsTest {

  @Test
  void aMinuteThatIsOpenedAgainAfterTheWindowTakesNothingAway() {
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      flow.arrive(pricingVisit("ann@a.co", "x", NOON));
      flow.arrive(pricingVisit("ann@a.co", "y", NOON.plusSeconds(1)));
      flow.arrive(pricingVisit("ann@a.co", "z", NOON.plusSeconds(2)));
      flow.pass(Duration.ofDays(20));
      flow.arrive(pricingVisit("ann@a.co", "x", NOON));
      flow.pass(Duration.ofMinutes(3));

      assertThat(warehouse(flow).values()).containsExactlyInAnyOrder(3L, 1L);
    }
  }

  @Test
  void theRowsAddUpToTheAdmittedEventsWhateverIsRepeated() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Event> sent = new ArrayList<>();
    try (EngagementFlow flow = new EngagementFlow(NOON)) {
      for (int i = 0; i < 1_000; i++) {
        flow.arriveAfterAll(next(random, flow.now(), sent), flow.now());
        flow.caughtUp(random.nextInt(5) > 0);
        flow.pass(
            random.nextInt(50) == 0
                ? Duration.ofDays(random.nextInt(12))
                : Duration.ofMillis(random.nextInt(90_000)));
      }
      flow.caughtUp(true);
      flow.pass(Duration.ofMinutes(5));

      long admitted =
          flow.values(Topics.EVENTS_ORDERED).stream().filter(each -> !OwnEvents.is(each)).count();
      assertThat(admitted).as("admitted more than once, seed " + seed).isGreaterThan(sent.size());
      assertThat(warehouse(flow).values().stream().mapToLong(Long::longValue).sum())
          .as("seed " + seed)
          .isEqualTo(admitted);
    }
  }

  /** A new event, or one that was sent before, perhaps as a replay. */
  private static Event next(Random random, Instant now, List<Event> sent) {
    if (!sent.isEmpty() && random.nextInt(3) == 0) {
      Event again = sent.get(random.nextInt(sent.size()));
      return random.nextInt(4) == 0 ? replayed(again, 1 + random.nextInt(2)) : again;
    }
    Instant occurredAt = now.minusSeconds(random.nextInt(200)).plusSeconds(random.nextInt(100));
    Event made =
        event("p" + random.nextInt(3), "e" + sent.size(), "page.viewed", occurredAt, Map.of());
    sent.add(made);
    return made;
  }

  private static Map<String, Long> warehouse(EngagementFlow flow) {
    Map<String, Long> rows = new HashMap<>();
    for (EngagementBatch batch : flow.batches()) {
      rows.put(batch.getBatchId(), batch.getEvents());
    }
    return rows;
  }
}
