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
 * The retained dead letters, each as of its last failure, with the outcomes of their replays. A
 * further look reads only new records. Not thread-safe.
 */
public final class DeadLetterIndex {
  private static final ByteBuffer NOT_KEPT = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final TopicReader topics;
  private final Predicate<DeadLetter> wanted;
  private final boolean withOriginals;
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();

  /** The last outcomes of the parts of deliveries with dead letters, by delivery and index. */
  private final Map<String, Map<Integer, Settled>> settled = new HashMap<>();

  private record Settled(String topic, long offset) {}

  /**
   * @param wanted selects dead letters
   * @param withOriginals whether to keep the original bytes, which can be large
   */
  public DeadLetterIndex(TopicReader topics, Predicate<DeadLetter> wanted, boolean withOriginals) {
    this.topics = topics;
    this.wanted = wanted;
    this.withOriginals = withOriginals;
  }

  /** Reads new records and returns all dead letters, oldest first. */
  public List<Letter> look() {
    topics.read(
        Topics.DEAD_LETTERS,
        (key, value, partition, offset) -> value.filter(wanted).ifPresent(this::keep));
    outcomes(Topics.EVENTS_ORDERED, DeadLetterIndex::lineage);
    outcomes(Topics.EVENTS_LATE, DeadLetterIndex::lineage);
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

  /**
   * A replay is a later record of the delivery; a letter for a whole delivery is settled by any of
   * its parts.
   */
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
