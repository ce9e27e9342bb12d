package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.EventKeys;
import io.millrace.rule.EventOrder;
import io.millrace.rule.SortableText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The events that wait: by record and position, and in {@link DueEvents} by when they are due. */
final class WaitingRoom {
  static final String EVENTS = "waiting-events";

  /** Sorts after every position. */
  private static final String END = "g";

  private final KeyValueStore<String, WaitingEvent> events;
  private final DueEvents due;
  private long count;

  WaitingRoom(KeyValueStore<String, WaitingEvent> events, KeyValueStore<String, String> due) {
    this.events = events;
    this.due = new DueEvents(due);
    count = this.due.count();
  }

  /** A waiting event under its key. */
  record Waiting(String key, WaitingEvent held) {
    Event event() {
      return held.getEvent();
    }

    String record() {
      return EventKeys.record(event());
    }

    String position() {
      return key.substring(key.indexOf('\0') + 1);
    }

    long ripeAt() {
      return held.getRipeAt().toEpochMilli();
    }

    long dueAt() {
      return held.getDueAt().toEpochMilli();
    }
  }

  /** How many events wait. */
  long count() {
    return count;
  }

  /**
   * Holds an event of a record.
   *
   * @param ripeAt when its reorder window is over
   * @param dueAt when it is looked at again
   */
  void hold(Event event, String record, long ripeAt, long dueAt) {
    String key = prefix(record) + EventOrder.position(event);
    Instant ripe = Instant.ofEpochMilli(ripeAt);
    put(new Waiting(key, new WaitingEvent(event, ripe, Instant.ofEpochMilli(dueAt))));
    count++;
  }

  void remove(Waiting waiting) {
    // Not delete, which would read the event once more.
    events.put(waiting.key(), null);
    due.remove(waiting);
    count--;
  }

  /** The record's first waiting event. {@code emitted} is the position none of them is below. */
  Optional<Waiting> first(String record, String emitted) {
    try (KeyValueIterator<String, WaitingEvent> rows = rows(record, emitted)) {
      return rows.hasNext() ? Optional.of(waiting(rows.next())) : Optional.empty();
    }
  }

  /** Whether one of the record's waiting events comes before a position. */
  boolean anyBefore(String position, String record, String emitted) {
    try (KeyValueIterator<String, WaitingEvent> rows = rows(record, emitted)) {
      return rows.hasNext() && rows.peekNextKey().compareTo(prefix(record) + position) < 0;
    }
  }

  /** Whether the event that waits behind one of the same record happened at the same instant. */
  boolean sameInstantFollows(Waiting waiting) {
    try (KeyValueIterator<String, WaitingEvent> rows =
        rows(waiting.record(), waiting.position() + '\0')) {
      return rows.hasNext()
          && waiting(rows.next()).event().getOccurredAt().equals(waiting.event().getOccurredAt());
    }
  }

  /** Lets an event be looked at again at a time, and not before. */
  void wake(Waiting waiting, long at) {
    if (waiting.dueAt() != at) {
      due.remove(waiting);
      WaitingEvent held = waiting.held();
      put(
          new Waiting(
              waiting.key(),
              new WaitingEvent(held.getEvent(), held.getRipeAt(), Instant.ofEpochMilli(at))));
    }
  }

  /** What is due at {@code now}, earliest first, at most {@code limit}. */
  List<DueEvents.Row> due(long now, int limit) {
    return due.until(now, limit);
  }

  /** The event that is due before all others. */
  Optional<Waiting> firstDue() {
    List<DueEvents.Row> rows = due.until(DueEvents.NEVER, 1);
    while (!rows.isEmpty()) {
      Optional<Waiting> first = at(rows.getFirst());
      if (first.isPresent()) {
        return first;
      }
      rows = due.until(DueEvents.NEVER, 1);
    }
    return Optional.empty();
  }

  /** The event that is due; empty when it has left since, or was moved. */
  Optional<Waiting> at(DueEvents.Row row) {
    Optional<Waiting> found =
        Optional.ofNullable(events.get(row.key()))
            .map(held -> new Waiting(row.key(), held))
            .filter(waiting -> waiting.dueAt() == row.at());
    // Without transactions a crash can leave a row whose event has left or moved.
    if (found.isEmpty() && due.removeStray(row)) {
      count = Math.max(0, count - 1);
    }
    return found;
  }

  private void put(Waiting waiting) {
    events.put(waiting.key(), waiting.held());
    due.add(waiting);
  }

  private KeyValueIterator<String, WaitingEvent> rows(String record, String from) {
    return events.range(prefix(record) + from, prefix(record) + END);
  }

  private static Waiting waiting(KeyValue<String, WaitingEvent> row) {
    return new Waiting(row.key, row.value);
  }

  /** The zero byte is in no escaped text, so no record's rows mix with another's. */
  private static String prefix(String record) {
    return SortableText.escaped(record) + '\0';
  }
}
