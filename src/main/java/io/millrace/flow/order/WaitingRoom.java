package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.step.RecentRows;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The waiting events, by record and position. When they are due, and how many of each record are
 * waiting, is kept in memory and rebuilt from the rows at the start.
 */
public final class WaitingRoom {
  public static final String EVENTS = "waiting-events";

  /**
   * Separates record and position. It does not occur in escaped text, so the keys of records never
   * mix.
   */
  static final char SEPARATOR = '\0';

  /** Most events wait no longer than a reorder window; this many are kept in memory as well. */
  private static final int MOST_IN_MEMORY = 4_000;

  private final RecentRows<WaitingEvent> events;
  private final DueEvents due = new DueEvents();
  private final Map<String, NavigableSet<String>> byRecord = new HashMap<>();

  WaitingRoom(KeyValueStore<String, WaitingEvent> events) {
    this.events = new RecentRows<>(events, MOST_IN_MEMORY);
    try (KeyValueIterator<String, WaitingEvent> rows = events.all()) {
      rows.forEachRemaining(row -> note(row.key, row.value));
    }
  }

  /**
   * A waiting event under its key.
   *
   * @param dueAt when it is checked again, milliseconds of the step's clock
   */
  record Waiting(String key, WaitingEvent held, long dueAt) {
    Event event() {
      return held.getEvent();
    }

    String record() {
      return EventKeys.record(event());
    }

    String position() {
      return key.substring(key.indexOf(SEPARATOR) + 1);
    }

    long ripeAt() {
      return held.getRipeAt().toEpochMilli();
    }
  }

  int count() {
    return due.count();
  }

  /** How many of a record's events are waiting. */
  int count(String record) {
    NavigableSet<String> keys = byRecord.get(record);
    return keys == null ? 0 : keys.size();
  }

  /**
   * Holds an event of a record.
   *
   * @param ripeAt when its reorder window is over
   * @param dueAt when it is checked again
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
    byRecord.computeIfAbsent(EventKeys.record(event), added -> new TreeSet<>()).add(key);
  }

  void remove(Waiting waiting) {
    events.remove(waiting.key());
    due.remove(waiting.key());
    byRecord.computeIfPresent(
        waiting.record(),
        (record, keys) -> {
          keys.remove(waiting.key());
          return keys.isEmpty() ? null : keys;
        });
  }

  /** The record's first waiting event. */
  Optional<Waiting> first(String record) {
    NavigableSet<String> keys = byRecord.get(record);
    return keys == null ? Optional.empty() : find(keys.first());
  }

  /** Whether one of the record's waiting events is before a position. */
  boolean anyBefore(String position, String record) {
    NavigableSet<String> keys = byRecord.get(record);
    return keys != null && keys.first().compareTo(prefix(record) + position) < 0;
  }

  /** Whether the next waiting event of the same record happened at the same instant. */
  boolean sameInstantFollows(Waiting waiting) {
    NavigableSet<String> keys = byRecord.get(waiting.record());
    String next = keys == null ? null : keys.higher(waiting.key());
    return next != null
        && find(next)
            .filter(other -> other.event().getOccurredAt().equals(waiting.event().getOccurredAt()))
            .isPresent();
  }

  /**
   * Sets when an event is checked again. After a restart it is due at its original time, is checked
   * once more, and waits again.
   */
  void wake(String key, long at) {
    due.move(key, at);
  }

  /** What is due at {@code now}, earliest first, at most {@code limit}. */
  List<DueEvents.Row> due(long now, int limit) {
    return due.until(now, limit);
  }

  /** The event that is due first. */
  Optional<DueEvents.Row> firstDue() {
    return due.until(DueEvents.NEVER, 1).stream().findFirst();
  }

  /** Whether a row is still current: its event may have been released or rescheduled since. */
  boolean isDue(DueEvents.Row row) {
    return due.at(row.key()) == row.at();
  }

  private Optional<Waiting> find(String key) {
    return events.find(key).map(held -> new Waiting(key, held, due.at(key)));
  }

  private static String prefix(String record) {
    return SortableText.escaped(record) + SEPARATOR;
  }
}
