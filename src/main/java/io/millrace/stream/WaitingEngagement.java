package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.EventOrder;
import io.millrace.rule.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Engagement that waits, by rule, person and position, and once more by when it is due. */
final class WaitingEngagement {
  static final String EVENTS = "waiting-engagement";
  static final String DUE = "waiting-engagement-due";

  private static final int TIME_LENGTH = 16;

  /** After every time and every position. */
  private static final String END = "g";

  private final KeyValueStore<String, WaitingEvent> events;
  private final KeyValueStore<String, String> due;

  /** The last row taken: RocksDB wades through everything deleted since when started before it. */
  private String lowerBound = "";

  private long nothingDueBefore = Long.MIN_VALUE;

  WaitingEngagement(KeyValueStore<String, WaitingEvent> events, KeyValueStore<String, String> due) {
    this.events = events;
    this.due = due;
  }

  /** Holds an event back; {@code place} stands for a rule and a person. */
  void hold(String place, Event event, long dueAt) {
    String key = place + EventOrder.position(event);
    Instant moment = Instant.ofEpochMilli(dueAt);
    events.put(key, new WaitingEvent(event, moment, moment));
    String row = SortableText.of(dueAt) + key;
    due.put(row, place);
    lowerBound = row.compareTo(lowerBound) < 0 ? row : lowerBound;
    nothingDueBefore = Math.min(nothingDueBefore, dueAt);
  }

  /** Takes all that waits at a place, in the order of the events. */
  List<Event> takeAll(String place) {
    List<KeyValue<String, WaitingEvent>> rows = new ArrayList<>();
    try (KeyValueIterator<String, WaitingEvent> held = events.range(place, place + END)) {
      held.forEachRemaining(rows::add);
    }
    rows.forEach(
        row -> {
          events.delete(row.key);
          due.delete(SortableText.of(row.value.getDueAt().toEpochMilli()) + row.key);
        });
    return rows.stream().map(row -> row.value.getEvent()).toList();
  }

  /** An event that has waited long enough, and where. */
  record Due(String place, Event event) {}

  /** Takes the event that has been due longest. */
  Optional<Due> takeDue(long now) {
    if (now < nothingDueBefore) {
      return Optional.empty();
    }
    Optional<KeyValue<String, String>> first = Optional.empty();
    try (KeyValueIterator<String, String> rows = due.range(lowerBound, END)) {
      if (rows.hasNext()) {
        first = Optional.of(rows.next());
      }
    }
    nothingDueBefore = first.map(row -> SortableText.numberIn(row.key)).orElse(Long.MAX_VALUE);
    return first.filter(row -> nothingDueBefore <= now).map(this::take);
  }

  /** How many wait; counts them, so it is for the start only. */
  long count() {
    long count = 0;
    try (KeyValueIterator<String, String> rows = due.all()) {
      for (; rows.hasNext(); rows.next()) {
        count++;
      }
    }
    return count;
  }

  private Due take(KeyValue<String, String> row) {
    lowerBound = row.key;
    due.delete(row.key);
    WaitingEvent held = events.delete(row.key.substring(TIME_LENGTH));
    return new Due(row.value, held.getEvent());
  }
}
