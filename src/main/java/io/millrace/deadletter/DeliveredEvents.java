package io.millrace.deadletter;

import io.millrace.event.Event;
import io.millrace.event.RecordState;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The delivered events of certain events' records, according to the topics. */
final class DeliveredEvents {
  private final Set<String> events;
  private final Set<String> records;
  private final Set<String> delivered = new HashSet<>();
  private final Map<String, RecordState> states = new HashMap<>();

  private DeliveredEvents(Collection<Event> candidates) {
    events = candidates.stream().map(EventKeys::identity).collect(Collectors.toSet());
    records = candidates.stream().map(EventKeys::record).collect(Collectors.toSet());
  }

  /** Reads all retained ordered and late events. */
  static DeliveredEvents read(TopicReader topics, Collection<Event> candidates) {
    DeliveredEvents delivered = new DeliveredEvents(candidates);
    if (!candidates.isEmpty()) {
      delivered.read(topics, Topics.EVENTS_ORDERED);
      delivered.read(topics, Topics.EVENTS_LATE);
    }
    return delivered;
  }

  private void read(TopicReader topics, Topic<Event> topic) {
    topics.read(topic, (key, value, partition, offset) -> value.ifPresent(this::take));
  }

  private void take(Event event) {
    if (events.contains(EventKeys.identity(event))) {
      delivered.add(EventKeys.identity(event));
    }
    String record = EventKeys.record(event);
    if (records.contains(record)) {
      states.put(record, RecordMerge.merge(state(event), event));
    }
  }

  /** Whether an event with this identity was delivered, in any delivery. */
  boolean has(Event event) {
    return delivered.contains(EventKeys.identity(event));
  }

  /** The state of the event's record from all its delivered events. */
  Optional<RecordState> state(Event event) {
    return Optional.ofNullable(states.get(EventKeys.record(event)));
  }
}
