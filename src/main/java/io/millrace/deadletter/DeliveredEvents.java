package io.millrace.deadletter;

import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.event.SeenEvent;
import io.millrace.flow.Admission;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.order.SearchedBuckets;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the flow knows of certain events according to the topics: which were admitted, and the
 * states of their records. Decides about a replay as deduplication does.
 */
final class DeliveredEvents {
  private static final Set<String> LATER = Admission.afterDeduplication();

  private final SourceWindows windows;
  private final Map<String, List<Admitted>> admitted;
  private final Map<String, Optional<RecordState>> states;

  /**
   * An admission.
   *
   * @param arrival milliseconds since the epoch
   */
  private record Admitted(SeenEvent seen, long arrival) {}

  private DeliveredEvents(Collection<Event> candidates, SourceWindows windows) {
    this.windows = windows;
    admitted =
        candidates.stream()
            .map(EventKeys::admission)
            .distinct()
            .collect(Collectors.toMap(key -> key, key -> new ArrayList<>()));
    states = new HashMap<>();
    candidates.forEach(event -> states.put(EventKeys.record(event), Optional.empty()));
  }

  /** Reads all retained ordered and late events, and dead letters. */
  static DeliveredEvents read(
      TopicReader topics, Collection<Event> candidates, SourceWindows windows) {
    DeliveredEvents delivered = new DeliveredEvents(candidates, windows);
    if (!candidates.isEmpty()) {
      delivered.read(topics, Topics.EVENTS_ORDERED);
      delivered.read(topics, Topics.EVENTS_LATE);
      topics.read(
          Topics.DEAD_LETTERS,
          (key, value, partition, offset) -> value.ifPresent(delivered::failed));
    }
    return delivered;
  }

  private void read(TopicReader topics, Topic<Event> topic) {
    topics.read(topic, (key, value, partition, offset) -> value.ifPresent(this::delivered));
  }

  /** Notes that an event was delivered, or will be. */
  void delivered(Event event) {
    note(
        EventKeys.admission(event),
        new SeenEvent(event.getMetadata().getReplay(), event.getMetadata().getLineage(), null),
        event.getReceivedAt().toEpochMilli());
    states.computeIfPresent(
        EventKeys.record(event), (key, known) -> Optional.of(RecordMerge.merge(known, event)));
  }

  /** An event that failed after deduplication is still known there. */
  private void failed(DeadLetter letter) {
    Optional<String> id = letter.getEventId();
    Optional<RecordRef> record = letter.getRecord();
    if (LATER.contains(letter.getAttempts().getLast().getStage())
        && id.isPresent()
        && record.isPresent()) {
      note(
          EventKeys.admission(letter.getSource(), id.get(), record.get()),
          new SeenEvent(letter.getReplay(), letter.getLineage(), null),
          letter.getReceivedAt().toEpochMilli());
    }
  }

  private void note(String key, SeenEvent seen, long arrival) {
    List<Admitted> known = admitted.get(key);
    if (known != null) {
      known.add(new Admitted(seen, arrival));
    }
  }

  /** What a replay of the event would be dropped for, if anything. */
  Optional<Lineage> copyOf(Event event) {
    long arrival = event.getReceivedAt().toEpochMilli();
    List<SeenEvent> found =
        admitted.getOrDefault(EventKeys.admission(event), List.of()).stream()
            .filter(
                copy ->
                    SearchedBuckets.letterFinds(
                        arrival, copy.arrival(), windows.dedupe(event.getSource())))
            .map(Admitted::seen)
            .toList();
    return switch (Deduplication.decide(event, found, LATER)) {
      case Deduplication.Admission.Admitted admission -> Optional.empty();
      case Deduplication.Admission.Dropped dropped -> Optional.of(dropped.duplicate().getFirst());
    };
  }

  /** The state of the event's record from all its delivered events. */
  Optional<RecordState> state(Event event) {
    return states.getOrDefault(EventKeys.record(event), Optional.empty());
  }
}
