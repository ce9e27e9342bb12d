package io.millrace.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.TestEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterIndexTest {
  private static final String STEP = "normalize-deliveries";
  private final FakeTopics topics = new FakeTopics();
  private final DeadLetterIndex box = new DeadLetterIndex(topics, letter -> true, false);

  @Test
  void keepsTheLatestOfALettersFailures() {
    topics
        .with(Topics.DEAD_LETTERS, letter("d", 2, 10, 0, STEP))
        .with(Topics.DEAD_LETTERS, letter("d", 2, 14, 1, STEP));

    assertThat(box.look())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.isOpen()).isTrue();
              assertThat(letter.letter().getReplay()).isEqualTo(1);
            });
  }

  @Test
  void callsALetterSettled_onceItsReplayIsInATopic() {
    topics.with(Topics.DEAD_LETTERS, letter("d", 2, 10, 0, STEP));
    assertThat(box.look()).allMatch(Letter::isOpen);

    topics.with(Topics.EVENTS_LATE, event("d", 2, 14));

    assertThat(box.look().getFirst().settled()).contains("events-late");
    assertThat(box.look().getFirst().obstacle()).isPresent();
  }

  @Test
  void isNotFooledByOtherPartsOfTheDelivery() {
    topics
        .with(Topics.DEAD_LETTERS, letter("d", 2, 10, 0, STEP))
        .with(Topics.EVENTS_ORDERED, event("d", 1, 14))
        .with(Topics.EVENTS_ORDERED, event("d", 2, 10))
        .with(Topics.EVENTS_ORDERED, event("e", 2, 14));

    assertThat(box.look()).allMatch(Letter::isOpen);
  }

  /** An edge wrote it twice, and the mapping was changed in between. */
  @Test
  void settlesALetterWhosePartAnEarlierCopyOfItsDeliveryDelivered() {
    topics
        .with(Topics.DEAD_LETTERS, letter("d", 2, 12, 0, STEP))
        .with(Topics.EVENTS_ORDERED, event("d", 2, 10));

    assertThat(box.look().getFirst().settled()).contains("events-ordered");
  }

  /** Two people replay it: one attempt fails later on, the other is dropped for that one. */
  @Test
  void leavesALetterOpenWhoseReplayWasDroppedForAnotherReplayOfIt() {
    topics
        .with(Topics.DEAD_LETTERS, letter("d", 2, 10, 0, STEP))
        .with(Topics.DEAD_LETTERS, letter("d", 2, 14, 1, "sequence-record-events"))
        .with(Topics.EVENTS_DUPLICATE, duplicate("d", 15, "d"));

    assertThat(box.look()).allMatch(Letter::isOpen);

    topics.with(Topics.EVENTS_DUPLICATE, duplicate("d", 16, "another"));

    assertThat(box.look()).noneMatch(Letter::isOpen);
  }

  /** The parts are dead letters of their own now; replaying all would be replaying them twice. */
  @Test
  void settlesALetterForAWholeDeliveryWithLettersOfItsParts() {
    var watch = new ReplayWatch(Map.of("d/-1", 1));
    topics
        .with(Topics.DEAD_LETTERS, letter("d", -1, 10, 0, STEP))
        .with(Topics.DEAD_LETTERS, letter("d", 0, 14, 1, STEP))
        .with(Topics.DEAD_LETTERS, letter("d", 1, 14, 1, STEP));

    assertThat(box.look().stream().filter(Letter::isOpen))
        .extracting(Letter::id)
        .containsExactlyInAnyOrder("d/0", "d/1");
    assertThat(watch.look(box.look()))
        .containsExactly("d/-1  failed again: its parts are dead letters now");
    assertThat(watch.failed()).isEqualTo(1);

    topics.with(Topics.EVENTS_ORDERED, event("d", 2, 14));

    assertThat(box.look().stream().filter(letter -> letter.id().equals("d/-1")))
        .extracting(Letter::settled)
        .containsExactly(Optional.of("events-ordered"));
  }

  @Test
  void settlesALetterForAWholeDeliveryWithAnyPart() {
    topics
        .with(Topics.DEAD_LETTERS, letter("d", -1, 10, 0, STEP))
        .with(Topics.EVENTS_ORDERED, event("d", 0, 14));

    assertThat(box.look()).noneMatch(Letter::isOpen);
  }

  @Test
  void refusesToReplayWhatWasDelivered() {
    topics.with(Topics.DEAD_LETTERS, letter("d", 0, 10, 0, "score-leads"));

    assertThat(box.look().getFirst().obstacle().orElseThrow()).contains("twice");
  }

  @Test
  void replaysTheDeliveryAsItCame_andSaysWhatIsMeant() {
    var letter = letter("d", 2, 10, 1, STEP);
    var delivery =
        Delivery.newBuilder()
            .setDeliveryId("d")
            .setSource("crm")
            .setReceivedAt(Instant.EPOCH)
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/crm")
            .setHeaders(Map.of())
            .setBody(ByteBuffer.wrap(new byte[] {1, 2}))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .setReplay(1)
            .build();

    var replay = Replay.of(letter, delivery, Instant.ofEpochSecond(5));

    assertThat(replay.getReplay()).isEqualTo(2);
    assertThat(replay.getReplayedPart().orElseThrow().getIndex()).isEqualTo(2);
    assertThat(replay.getReplayedPart().orElseThrow().getAttempts())
        .isEqualTo(letter.getAttempts());
    assertThat(Delivery.newBuilder(replay).setReplay(1).setReplayedPart(null).build())
        .isEqualTo(delivery);
  }

  @Test
  void watchTellsEachOutcomeOnce() {
    topics
        .with(Topics.DEAD_LETTERS, letter("good", 0, 10, 0, STEP))
        .with(Topics.DEAD_LETTERS, letter("bad", 0, 11, 0, STEP))
        .with(Topics.DEAD_LETTERS, letter("slow", 0, 12, 0, STEP));
    var watch = new ReplayWatch(Map.of("good/0", 1, "bad/0", 1, "slow/0", 1));
    assertThat(watch.look(box.look())).isEmpty();

    topics
        .with(Topics.DEAD_LETTERS, letter("bad", 0, 21, 1, STEP))
        .with(Topics.EVENTS_ORDERED, event("good", 0, 20));

    assertThat(watch.look(box.look()))
        .containsExactlyInAnyOrder(
            "good/0  is in events-ordered", "bad/0  failed again: MISSING_FIELD: It is missing.");
    assertThat(watch.look(box.look())).isEmpty();
    assertThat(watch.settled()).isEqualTo(1);
    assertThat(watch.failed()).isEqualTo(1);
    assertThat(watch.underWay()).containsExactly("slow/0");
  }

  private static DuplicateEvent duplicate(String delivery, long offset, String first) {
    return DuplicateEvent.newBuilder()
        .setEventId("e")
        .setEventType("lead.created")
        .setSource("crm")
        .setRecord(new RecordRef("lead", "1"))
        .setOccurredAt(Instant.EPOCH)
        .setReceivedAt(Instant.EPOCH)
        .setLineage(new Lineage(delivery, 0, offset, 2))
        .setFirst(new Lineage(first, 0, 14L, 2))
        .build();
  }

  private static Event event(String delivery, int index, long offset) {
    return TestEvent.of("lead.created", "lead/1")
        .delivery(delivery)
        .index(index)
        .offset(offset)
        .build();
  }

  private static DeadLetter letter(
      String delivery, int index, long offset, int replay, String stage) {
    List<Attempt> attempts = new ArrayList<>();
    for (int number = 0; number <= replay; number++) {
      attempts.add(new Attempt(Instant.EPOCH, stage, "MISSING_FIELD", "It is missing."));
    }
    return DeadLetter.newBuilder()
        .setDeadLetterId(delivery + "/" + index)
        .setReason("MISSING_FIELD")
        .setSource("crm")
        .setReceivedAt(Instant.EPOCH)
        .setLineage(new Lineage(delivery, 0, offset, index))
        .setOriginal(ByteBuffer.wrap(new byte[] {1}))
        .setHeaders(Map.of())
        .setAttempts(attempts)
        .setReplay(replay)
        .build();
  }
}
