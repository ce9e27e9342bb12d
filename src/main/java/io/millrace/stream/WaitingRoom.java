package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.EventKeys;
import io.millrace.rule.EventOrder;
import io.millrace.rule.SortableText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The events that wait, by record and position. When they are due, and how many of each record
 * wait, is kept in memory: it follows from the rows and is gathered from them at the start.
 */
final class WaitingRoom {
  static final String EVENTS = "waiting-events";

  /** Sorts after every position. */
  private static final String END = "g";

  private final KeyValueStore<String, WaitingEvent> events;
  private final DueEvents due = new DueEvents();
  private final Map<String, Integer> byRecord = new HashMap<>();

  /** Reads all rows. */
  WaitingRoom(KeyValueStore<String, WaitingEvent> events) {
    this.events = events;
    try (KeyValueIterator<String, WaitingEvent> rows = events.all()) {
      rows.forEachRemaining(row -> note(row.key, row.value));
    }
  }

  /**
   * A waiting event under its key.
   *
   * @param dueAt when it is looked at again, milliseconds of the step's clock
   */
  record Waiting(String key, WaitingEvent held, long dueAt) {
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
  }

  /** How many events wait. */
  int count() {
    return due.count();
  }

  /** How many of a record's events wait. */
  int count(String record) {
    return byRecord.getOrDefault(record, 0);
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
    WaitingEvent held = new WaitingEvent(event, ripe, Instant.ofEpochMilli(dueAt));
    events.put(key, held);
    note(key, held);
  }

  private void note(String key, WaitingEvent held) {
    Event event = held.getEvent();
    due.add(key, event, held.getDueAt().toEpochMilli());
    byRecord.merge(EventKeys.record(event), 1, Integer::sum);
  }

  void remove(Waiting waiting) {
    // Not delete, which would read the event once more.
    events.put(waiting.key(), null);
    due.remove(waiting.key());
    byRecord.computeIfPresent(waiting.record(), (record, count) -> count > 1 ? count - 1 : null);
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

  /**
   * Lets an event be looked at again at a time, and not before. After a restart it is due when it
   * was held for, is looked at once more, and waits again.
   */
  void wake(Waiting waiting, long at) {
    due.move(waiting.key(), at);
  }

  /** What is due at {@code now}, earliest first, at most {@code limit}. */
  List<DueEvents.Row> due(long now, int limit) {
    return due.until(now, limit);
  }

  /** The event that is due before all others. */
  Optional<Waiting> firstDue() {
    return due.until(DueEvents.NEVER, 1).stream().findFirst().flatMap(this::at);
  }

  /** The event that is due; empty when it has left since, or was moved. */
  Optional<Waiting> at(DueEvents.Row row) {
    return due.at(row.key()) == row.at()
        ? Optional.ofNullable(events.get(row.key()))
            .map(held -> new Waiting(row.key(), held, row.at()))
        : Optional.empty();
  }

  private KeyValueIterator<String, WaitingEvent> rows(String record, String from) {
    return events.range(prefix(record) + from, prefix(record) + END);
  }

  private Waiting waiting(KeyValue<String, WaitingEvent> row) {
    return new Waiting(row.key, row.value, due.at(row.key));
  }

  /** The zero byte is in no escaped text, so no record's rows mix with another's. */
  private static String prefix(String record) {
    return SortableText.escaped(record) + '\0';
  }
}
