package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.SeenEvent;
import io.millrace.flow.order.Deduplication.Admission;
import io.millrace.flow.testing.TestEvent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final long W = WINDOW.toMillis();

  @Test
  void searchesOwnAndPreviousBucket() {
    assertThat(Deduplication.bucketsToSearch(10 * W + 5, WINDOW)).containsExactly(10 * W, 9 * W);
  }

  @Test
  void searchesNextBucketToo_whenAnotherEdgesClockMayBeThere() {
    assertThat(Deduplication.bucketsToSearch(11 * W - 1, WINDOW))
        .containsExactly(10 * W, 9 * W, 11 * W);
  }

  @Test
  void findsEveryDuplicateWithinTheWindow_whereverTheEdgeFalls() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Duration window = Duration.ofMillis(random.nextLong(1, 15L * 24 * 3600 * 1000 + 1));
      long first = 1_800_000_000_000L + random.nextLong(1_000_000_000L);
      long second = first + random.nextLong(window.toMillis() + 1);

      assertThat(Deduplication.bucketsToSearch(second, window))
          .as("seed %d, window %s", seed, window)
          .contains(Deduplication.bucket(first, window));
    }
  }

  @Test
  void findsEventAnEdgeWithAClockAheadAdmitted() {
    long behind = 11 * W - 30_000;
    long ahead = 11 * W + 30_000;

    assertThat(Deduplication.bucketsToSearch(behind, WINDOW))
        .contains(Deduplication.bucket(ahead, WINDOW));
  }

  @Test
  void refusesWindowsTheStoreCannotKeep() {
    assertThatThrownBy(() -> Deduplication.bucket(0, Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Deduplication.bucket(0, Duration.ofDays(16)))
        .hasMessageContaining("PT384H");
  }

  @Test
  void admitsWhatWasNotSeen() {
    Event event = TestEvent.of("lead.created", "lead/1").build();

    assertThat(Deduplication.decide(event, List.of()))
        .isEqualTo(new Admission.Admitted(new SeenEvent(0, event.getMetadata().getLineage())));
  }

  @Test
  void dropsSecondEventWithSameId_andNamesTheFirst() {
    Lineage first = new Lineage("first", 3, 14L, 1);
    Event event = TestEvent.of("lead.created", "lead/1").build();

    Admission admission = Deduplication.decide(event, List.of(new SeenEvent(0, first)));

    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Dropped.class,
            dropped -> assertThat(dropped.duplicate().getFirst()).isEqualTo(first));
  }

  @Test
  void admitsReplayOnce() {
    Lineage first = new Lineage("first", 3, 14L, 1);
    Event replay = TestEvent.of("lead.created", "lead/1").replay(1).build();
    SeenEvent original = new SeenEvent(0, first);

    assertThat(Deduplication.decide(replay, List.of(original)))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(Deduplication.decide(replay, List.of(original, new SeenEvent(1, first))))
        .isInstanceOf(Admission.Dropped.class);
  }

  @Test
  void admitsReplayedLetterThatFailedAfterItWasRemembered() {
    Event replay = replayedLetter();
    SeenEvent itself = new SeenEvent(0, new Lineage("d", 0, 14L, 2));

    assertThat(Deduplication.decide(replay, List.of(itself)))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void dropsReplayedLetterWhoseSenderCameAgainSince() {
    Event replay = replayedLetter();

    for (Lineage other : List.of(new Lineage("e", 0, 15L, 2), new Lineage("d", 0, 14L, 1))) {
      assertThat(Deduplication.decide(replay, List.of(new SeenEvent(0, other))))
          .isInstanceOf(Admission.Dropped.class);
    }
  }

  /** The third part of the delivery d, replayed for the first time. */
  private static Event replayedLetter() {
    return TestEvent.of("lead.created", "lead/1")
        .delivery("d")
        .index(2)
        .replay(1)
        .failedBefore()
        .build();
  }
}
