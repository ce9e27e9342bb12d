package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.EventKeys;
import io.millrace.rule.EventOrder;
import io.millrace.rule.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The events that wait: by record and position, and once more by the time they are due. The second
 * store is an index of the first; every change is made to both.
 */
final class WaitingRoom {
  static final String EVENTS = "waiting-events";
  static final String DUE = "waiting-due";

  /** Sorts after every due time. */
  private static final String NEVER = "g";

  private static final String NO_VALUE = "";

  private final KeyValueStore<String, WaitingEvent> events;
  private final KeyValueStore<String, String> due;

  /**
   * No row of the index is below this. Starting there keeps a poll from wading through the
   * tombstones of all that was due before.
   */
  private String lowestDue = SortableText.of(Long.MIN_VALUE);

  WaitingRoom(KeyValueStore<String, WaitingEvent> events, KeyValueStore<String, String> due) {
    this.events = events;
    this.due = due;
  }

  /** A waiting event under its key. */
  record Waiting(String key, WaitingEvent held) {
    Event event() {
      return held.getEvent();
    }

    String position() {
      return EventOrder.position(event());
    }

    private String dueKey() {
      return SortableText.of(held.getDueAt().toEpochMilli()) + key;
    }
  }

  void hold(Event event, long ripeAt, long dueAt) {
    WaitingEvent held =
        new WaitingEvent(event, Instant.ofEpochMilli(ripeAt), Instant.ofEpochMilli(dueAt));
    put(new Waiting(prefix(EventKeys.record(event)) + EventOrder.position(event), held));
  }

  void remove(Waiting waiting) {
    events.delete(waiting.key());
    due.delete(waiting.dueKey());
  }

  /** The record's first waiting event. {@code emitted} is the position none of them is below. */
  Optional<Waiting> first(String record, String emitted) {
    try (KeyValueIterator<String, WaitingEvent> rows = rows(record, emitted)) {
      return rows.hasNext() ? Optional.of(waiting(rows.next())) : Optional.empty();
    }
  }

  /**
   * Lets none of the record's events wait longer than for its own reorder window.
   *
   * @return the position of the last one whose window is over at {@code now}; empty text if there
   *     is none
   */
  String bringForward(String record, String emitted, long now) {
    String lastRipe = "";
    try (KeyValueIterator<String, WaitingEvent> rows = rows(record, emitted)) {
      while (rows.hasNext()) {
        Waiting waiting = waiting(rows.next());
        if (waiting.held().getRipeAt().toEpochMilli() <= now) {
          lastRipe = waiting.position();
        } else if (waiting.held().getRipeAt().isBefore(waiting.held().getDueAt())) {
          due.delete(waiting.dueKey());
          put(new Waiting(waiting.key(), dueWhenRipe(waiting.held())));
        }
      }
    }
    return lastRipe;
  }

  /** Keys of events that are due at {@code now}, earliest first, at most {@code limit}. */
  List<String> due(long now, int limit) {
    String end = SortableText.of(now + 1);
    if (lowestDue.compareTo(end) >= 0) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    String lowest = NEVER;
    try (KeyValueIterator<String, String> rows = due.range(lowestDue, NEVER)) {
      while (rows.hasNext() && found.size() < limit) {
        String row = rows.next().key;
        lowest = lowest.equals(NEVER) ? row : lowest;
        if (row.compareTo(end) >= 0) {
          break;
        }
        found.add(row.substring(end.length()));
      }
    }
    lowestDue = lowest;
    return found;
  }

  /** The event under a key, unless it has left or is not due yet. */
  Optional<Waiting> dueAt(String key, long now) {
    return Optional.ofNullable(events.get(key))
        .filter(held -> held.getDueAt().toEpochMilli() <= now)
        .map(held -> new Waiting(key, held));
  }

  /** How many events wait; counts them, so it is for the start only. */
  long count() {
    long count = 0;
    try (KeyValueIterator<String, String> rows = due.all()) {
      while (rows.hasNext()) {
        rows.next();
        count++;
      }
    }
    return count;
  }

  private void put(Waiting waiting) {
    String row = waiting.dueKey();
    events.put(waiting.key(), waiting.held());
    due.put(row, NO_VALUE);
    lowestDue = row.compareTo(lowestDue) < 0 ? row : lowestDue;
  }

  private KeyValueIterator<String, WaitingEvent> rows(String record, String emitted) {
    return events.range(prefix(record) + emitted, prefix(record) + NEVER);
  }

  private static Waiting waiting(KeyValue<String, WaitingEvent> row) {
    return new Waiting(row.key, row.value);
  }

  private static WaitingEvent dueWhenRipe(WaitingEvent held) {
    return new WaitingEvent(held.getEvent(), held.getRipeAt(), held.getRipeAt());
  }

  /** The zero byte is in no escaped text, so no record's rows mix with another's. */
  private static String prefix(String record) {
    return SortableText.escaped(record) + '\0';
  }
}
