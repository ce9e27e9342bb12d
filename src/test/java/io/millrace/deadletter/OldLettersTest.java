package io.millrace.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.testing.TestEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OldLettersTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration KEPT = Duration.ofDays(20);
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final Duration RECENT =
      Deduplication.OLDEST_DELIVERY.minus(Deduplication.LARGEST_SKEW);
  private static final Event EVENT = TestEvent.of("lead.created", "lead/1").build();
  private static final Attempt FAILURE =
      DeadLetters.failed("normalize-deliveries", 0, new IllegalStateException());

  private static final Preview DELIVERS = new Preview.Delivers(EVENT, new TreeMap<>());
  private static final Preview FAILS = new Preview.Fails(FAILURE);
  private static final Preview REPLAYED_ONCE = duplicate(true);
  private static final Preview DELIVERED = duplicate(false);

  private final OldLetters old = new OldLetters(NOW, KEPT, source -> WINDOW);

  @Test
  void leavesTheDecisionToTheFlowAsLongAsItKeepsIds() {
    for (Preview any : List.of(DELIVERS, FAILS, REPLAYED_ONCE, DELIVERED)) {
      assertThat(obstacle(RECENT, any)).isEmpty();
    }
  }

  @Test
  void mustKnowThatNoCopyWasDeliveredOnceTheFlowMayNot() {
    Duration older = RECENT.plusMillis(1);

    assertThat(obstacle(older, DELIVERS)).isEmpty();
    assertThat(obstacle(older, DELIVERS, FAILS, REPLAYED_ONCE)).isEmpty();
    assertThat(obstacle(older, DELIVERS, DELIVERED).orElseThrow()).contains("delivered");
    assertThat(obstacle(older, FAILS).orElseThrow()).contains("fail again");
  }

  @Test
  void cannotKnowWhatTheTopicsNoLongerHold() {
    Duration known = KEPT.minus(Deduplication.reach(WINDOW));

    assertThat(obstacle(known, DELIVERS)).isEmpty();
    assertThat(obstacle(known.plusMillis(1), DELIVERS).orElseThrow()).contains("20 days");
  }

  private Optional<String> obstacle(Duration age, Preview... parts) {
    DeadLetter letter =
        DeadLetter.newBuilder(DeadLetters.of(EVENT, FAILURE)).setReceivedAt(NOW.minus(age)).build();
    return old.obstacle(letter, List.of(parts));
  }

  private static Preview duplicate(boolean isReplayed) {
    return new Preview.Duplicates(EVENT, new Lineage("other", 0, 1L, 0), isReplayed);
  }
}
