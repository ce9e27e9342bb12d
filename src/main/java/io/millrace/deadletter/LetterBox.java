package io.millrace.deadletter;

import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * The dead letters that are kept, each by its last failure, and what replays of them have led to.
 * Looking again costs only what is new. Not safe for several threads.
 */
public final class LetterBox {
  private static final ByteBuffer NOT_KEPT = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final TopicReader topics;
  private final Predicate<DeadLetter> wanted;
  private final boolean withOriginals;
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();

  /** Where the parts of deliveries with letters ended, by delivery and index, the last time. */
  private final Map<String, Map<Integer, Settled>> settled = new HashMap<>();

  private record Settled(String topic, long offset) {}

  /**
   * @param wanted which letters are of interest
   * @param withOriginals whether the original bytes are kept; they can be large
   */
  public LetterBox(TopicReader topics, Predicate<DeadLetter> wanted, boolean withOriginals) {
    this.topics = topics;
    this.wanted = wanted;
    this.withOriginals = withOriginals;
  }

  /** Reads what is new and tells all letters, the oldest first. */
  public List<Letter> look() {
    topics.read(
        Topics.DEAD_LETTERS,
        (key, value, partition, offset) -> value.filter(wanted).ifPresent(this::keep));
    outcomes(Topics.EVENTS_ORDERED, LetterBox::lineage);
    outcomes(Topics.EVENTS_LATE, LetterBox::lineage);
    outcomes(Topics.EVENTS_DUPLICATE, DuplicateEvent::getLineage);
    return letters.values().stream()
        .map(letter -> new Letter(letter, settled(letter)))
        .sorted(
            (one, other) -> one.letter().getReceivedAt().compareTo(other.letter().getReceivedAt()))
        .toList();
  }

  private void keep(DeadLetter letter) {
    settled.computeIfAbsent(letter.getLineage().getDeliveryId(), id -> new HashMap<>());
    DeadLetter kept =
        withOriginals ? letter : DeadLetter.newBuilder(letter).setOriginal(NOT_KEPT).build();
    letters.merge(
        letter.getDeadLetterId(),
        kept,
        (known, other) -> other.getReplay() >= known.getReplay() ? other : known);
  }

  private <V extends SpecificRecord> void outcomes(Topic<V> topic, Function<V, Lineage> lineage) {
    topics.read(
        topic,
        (key, value, partition, offset) ->
            value.map(lineage).ifPresent(place -> settle(topic.name(), place)));
  }

  private void settle(String topic, Lineage place) {
    Map<Integer, Settled> parts = settled.get(place.getDeliveryId());
    if (parts != null) {
      parts.merge(
          place.getIndex(),
          new Settled(topic, place.getOffset()),
          (known, other) -> other.offset() > known.offset() ? other : known);
    }
  }

  /** A replay is a later record of the delivery; a letter for all of it is settled by any part. */
  private Optional<String> settled(DeadLetter letter) {
    Lineage failed = letter.getLineage();
    return settled.getOrDefault(failed.getDeliveryId(), Map.of()).entrySet().stream()
        .filter(part -> failed.getIndex() < 0 || failed.getIndex() == part.getKey())
        .map(Map.Entry::getValue)
        .filter(outcome -> outcome.offset() > failed.getOffset())
        .map(Settled::topic)
        .findFirst();
  }

  private static Lineage lineage(Event event) {
    return event.getMetadata().getLineage();
  }
}
