package io.millrace.flow.engagement;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.step.DueQueue;
import io.millrace.model.EventOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Waiting engagement, by rule, person and position. The due times are kept in memory and rebuilt at
 * the start: at most {@link AwaitContext#MOST_IN_ALL} events wait in a partition.
 */
public final class WaitingEngagement {
  public static final String EVENTS = "waiting-engagement";

  /** After every position. */
  private static final String END = "g";

  private final KeyValueStore<String, WaitingEvent> events;
  private final DueQueue due = new DueQueue();

  WaitingEngagement(KeyValueStore<String, WaitingEvent> events) {
    this.events = events;
    try (KeyValueIterator<String, WaitingEvent> held = events.all()) {
      held.forEachRemaining(row -> due.add(dueAt(row), row.key));
    }
  }

  /** Holds an event; {@code place} identifies a rule and a person. */
  void hold(String place, Event event, long dueAt) {
    String key = place + EventOrder.position(event);
    Instant moment = Instant.ofEpochMilli(dueAt);
    events.put(key, new WaitingEvent(event, moment, moment));
    due.add(dueAt, key);
  }

  /** Takes all events that wait at a place, in their order. */
  List<Event> takeAll(String place) {
    List<KeyValue<String, WaitingEvent>> rows = new ArrayList<>();
    try (KeyValueIterator<String, WaitingEvent> held = events.range(place, place + END)) {
      held.forEachRemaining(rows::add);
    }
    rows.forEach(
        row -> {
          events.put(row.key, null);
          due.remove(dueAt(row), row.key);
        });
    return rows.stream().map(row -> row.value.getEvent()).toList();
  }

  /** An event that is due, and its place. */
  record Due(String place, Event event) {}

  /** Takes the event that is longest overdue. */
  Optional<Due> takeDue(long now) {
    return due.take(now).map(key -> new Due(placeIn(key), events.delete(key).getEvent()));
  }

  int count() {
    return due.count();
  }

  /** A place is {@code rule/length:person/}. */
  private static String placeIn(String key) {
    int slash = key.indexOf('/');
    int colon = key.indexOf(':', slash);
    int length = Integer.parseInt(key, slash + 1, colon, 10);
    return key.substring(0, colon + 1 + length + 1);
  }

  private static long dueAt(KeyValue<String, WaitingEvent> row) {
    return row.value.getDueAt().toEpochMilli();
  }
}
