package io.millrace.deadletter;

import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** What became of the parts of deliveries with dead letters, by delivery. */
  private final Map<String, List<Settled>> settled = new HashMap<>();

  /**
   * The end of a part.
   *
   * @param offset of the delivery it came in: the original, or a replay
   */
  private record Settled(int index, long offset, String topic) {}

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
    outcomes(Topics.EVENTS_ORDERED, event -> Optional.of(lineage(event)));
    outcomes(Topics.EVENTS_LATE, event -> Optional.of(lineage(event)));
    outcomes(Topics.EVENTS_DUPLICATE, DeadLetterIndex::ofAnother);
    outcomes(Topics.EVENTS_SUPPRESSED, event -> Optional.of(event.getLineage()));
    return letters.values().stream()
        .map(letter -> new Letter(letter, settled(letter)))
        .sorted(
            (one, other) -> one.letter().getReceivedAt().compareTo(other.letter().getReceivedAt()))
        .toList();
  }

  private void keep(DeadLetter letter) {
    settled.computeIfAbsent(letter.getLineage().getDeliveryId(), id -> new ArrayList<>());
    if (letter.getLineage().getIndex() >= 0) {
      settle(Topics.DEAD_LETTERS.name(), letter.getLineage());
    }
    DeadLetter kept =
        withOriginals ? letter : DeadLetter.newBuilder(letter).setOriginal(NOT_KEPT).build();
    letters.merge(
        letter.getDeadLetterId(),
        kept,
        (known, other) -> other.getReplay() >= known.getReplay() ? other : known);
  }

  private <V extends SpecificRecord> void outcomes(
      Topic<V> topic, Function<V, Optional<Lineage>> lineage) {
    topics.read(
        topic,
        (key, value, partition, offset) ->
            value.flatMap(lineage).ifPresent(place -> settle(topic.name(), place)));
  }

  /**
   * A replay that was dropped for another attempt of the same part ends nothing: what counts is how
   * that attempt ended.
   */
  private static Optional<Lineage> ofAnother(DuplicateEvent duplicate) {
    Lineage own = duplicate.getLineage();
    Lineage first = duplicate.getFirst();
    boolean isSamePart =
        own.getDeliveryId().equals(first.getDeliveryId()) && own.getIndex() == first.getIndex();
    return isSamePart ? Optional.empty() : Optional.of(own);
  }

  private void settle(String topic, Lineage place) {
    List<Settled> parts = settled.get(place.getDeliveryId());
    if (parts != null) {
      parts.add(new Settled(place.getIndex(), place.getOffset(), topic));
    }
  }

  /**
   * A part is settled by any other attempt that reached a topic, even by an earlier one: an edge
   * may have written a delivery twice. A letter for a whole delivery is settled by any of its
   * parts, and by letters of the parts themselves once a replay got that far.
   */
  private Optional<String> settled(DeadLetter letter) {
    Lineage failed = letter.getLineage();
    boolean isWhole = failed.getIndex() < 0;
    return settled.getOrDefault(failed.getDeliveryId(), List.of()).stream()
        .filter(part -> isWhole || failed.getIndex() == part.index())
        .filter(part -> part.offset() != failed.getOffset())
        .filter(
            part ->
                !part.topic().equals(Topics.DEAD_LETTERS.name())
                    || (isWhole && part.offset() > failed.getOffset()))
        .map(Settled::topic)
        .min(Comparator.comparing(Topics.DEAD_LETTERS.name()::equals));
  }

  private static Lineage lineage(Event event) {
    return event.getMetadata().getLineage();
  }
}
