package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.SeenEvent;
import io.millrace.flow.order.Deduplication.Admission;
import io.millrace.flow.testing.TestEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
  private static final String NORMALIZE = "normalize-deliveries";
  private static final String LATER_STEP = "sequence-record-events";
  private static final Set<String> LATER = Set.of(LATER_STEP);
  private static final Lineage OWN_PART = new Lineage("d", 0, 14L, 2);

  @Test
  void admitsWhatWasNotSeen() {
    Event event = TestEvent.of("lead.created", "lead/1").build();

    assertThat(Deduplication.decide(event, List.of(), LATER))
        .isEqualTo(new Admission.Admitted(seen(0, event.getMetadata().getLineage())));
  }

  @Test
  void dropsSecondEventWithSameId_andNamesTheFirst() {
    Lineage first = new Lineage("first", 3, 14L, 1);
    Event event = TestEvent.of("lead.created", "lead/1").build();

    Admission admission = Deduplication.decide(event, List.of(seen(0, first)), LATER);

    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Dropped.class,
            dropped -> assertThat(dropped.duplicate().getFirst()).isEqualTo(first));
  }

  @Test
  void admitsReplayOnce() {
    Lineage first = new Lineage("first", 3, 14L, 1);
    Event replay = TestEvent.of("lead.created", "lead/1").replay(1).build();
    SeenEvent original = seen(0, first);

    assertThat(Deduplication.decide(replay, List.of(original), LATER))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(Deduplication.decide(replay, List.of(original, seen(1, first)), LATER))
        .isInstanceOf(Admission.Dropped.class);
  }

  @Test
  void admitsReplayedLetterThatFailedAfterItWasRemembered() {
    SeenEvent itself = seen(0, OWN_PART);

    assertThat(Deduplication.decide(letter(1, LATER_STEP), List.of(itself), LATER))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(Deduplication.decide(letter(2, LATER_STEP, NORMALIZE), List.of(itself), LATER))
        .isInstanceOf(Admission.Admitted.class);
  }

  /** An edge may write a delivery twice, and two people may replay a letter at the same time. */
  @Test
  void dropsReplayedLetterWhosePartWasAdmittedByAnotherAttempt() {
    SeenEvent original = seen(0, OWN_PART);
    SeenEvent firstReplay = seen(1, OWN_PART);

    assertThat(Deduplication.decide(letter(1, NORMALIZE), List.of(original), LATER))
        .isInstanceOf(Admission.Dropped.class);
    assertThat(
            Deduplication.decide(
                letter(2, LATER_STEP, NORMALIZE), List.of(original, firstReplay), LATER))
        .isInstanceOfSatisfying(
            Admission.Dropped.class,
            dropped -> assertThat(dropped.duplicate().getFirst()).isEqualTo(OWN_PART));
    assertThat(Deduplication.decide(letter(1, "score-leads"), List.of(original), LATER))
        .isInstanceOf(Admission.Dropped.class);
  }

  @Test
  void dropsReplayedLetterWhoseSenderCameAgainSince() {
    for (Lineage other : List.of(new Lineage("e", 0, 15L, 2), new Lineage("d", 0, 14L, 1))) {
      List<SeenEvent> found = List.of(seen(0, OWN_PART), seen(0, other));

      assertThat(Deduplication.decide(letter(1, LATER_STEP), found, LATER))
          .isInstanceOfSatisfying(
              Admission.Dropped.class,
              dropped -> assertThat(dropped.duplicate().getFirst()).isEqualTo(other));
    }
  }

  private static SeenEvent seen(int replay, Lineage lineage) {
    return new SeenEvent(replay, lineage, null);
  }

  /** The third part of the delivery d, replayed after these attempts. */
  private static Event letter(int replay, String... failedIn) {
    return TestEvent.of("lead.created", "lead/1")
        .delivery("d")
        .index(2)
        .replay(replay)
        .failedIn(failedIn)
        .build();
  }
}
