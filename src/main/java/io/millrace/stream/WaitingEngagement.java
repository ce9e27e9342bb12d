package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.EventOrder;
import io.millrace.rule.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Engagement that waits, by rule, person and position. When each is due is kept in memory and found
 * again at the start: no more than {@link AwaitContext#MOST_IN_ALL} wait in a partition.
 */
final class WaitingEngagement {
  static final String EVENTS = "waiting-engagement";

  private static final int TIME_LENGTH = 16;

  /** After every position. */
  private static final String END = "g";

  private final KeyValueStore<String, WaitingEvent> events;

  /** When it is due, and the key of the event. */
  private final TreeSet<String> due = new TreeSet<>();

  WaitingEngagement(KeyValueStore<String, WaitingEvent> events) {
    this.events = events;
    try (KeyValueIterator<String, WaitingEvent> held = events.all()) {
      held.forEachRemaining(row -> due.add(dueKey(row)));
    }
  }

  /** Holds an event back; {@code place} stands for a rule and a person. */
  void hold(String place, Event event, long dueAt) {
    String key = place + EventOrder.position(event);
    Instant moment = Instant.ofEpochMilli(dueAt);
    events.put(key, new WaitingEvent(event, moment, moment));
    due.add(SortableText.of(dueAt) + key);
  }

  /** Takes all that waits at a place, in the order of the events. */
  List<Event> takeAll(String place) {
    List<KeyValue<String, WaitingEvent>> rows = new ArrayList<>();
    try (KeyValueIterator<String, WaitingEvent> held = events.range(place, place + END)) {
      held.forEachRemaining(rows::add);
    }
    rows.forEach(
        row -> {
          events.put(row.key, null);
          due.remove(dueKey(row));
        });
    return rows.stream().map(row -> row.value.getEvent()).toList();
  }

  /** An event that has waited long enough, and where. */
  record Due(String place, Event event) {}

  /** Takes the event that has been due longest. */
  Optional<Due> takeDue(long now) {
    if (due.isEmpty() || SortableText.numberIn(due.getFirst()) > now) {
      return Optional.empty();
    }
    String key = due.removeFirst().substring(TIME_LENGTH);
    WaitingEvent held = events.delete(key);
    return Optional.of(new Due(placeIn(key), held.getEvent()));
  }

  /** How many wait. */
  int count() {
    return due.size();
  }

  /** A place is {@code rule/length:person/}. */
  private static String placeIn(String key) {
    int slash = key.indexOf('/');
    int colon = key.indexOf(':', slash);
    int length = Integer.parseInt(key, slash + 1, colon, 10);
    return key.substring(0, colon + 1 + length + 1);
  }

  private static String dueKey(KeyValue<String, WaitingEvent> row) {
    return SortableText.of(row.value.getDueAt().toEpochMilli()) + row.key;
  }
}
