package io.millrace.stream;

import io.millrace.rule.Mark;
import io.millrace.rule.Marks;
import io.millrace.rule.SortableText;
import org.apache.kafka.streams.state.KeyValueStore;

/** Marks as rows of a store: each under its time, and under its id to know it again. */
final class MarkRows extends TimelineRows<Long> implements Marks {
  private static final char BY_ID = '#';

  private final KeyValueStore<String, Long> rows;

  MarkRows(KeyValueStore<String, Long> rows, String rule, String person) {
    super(rows, rule, person);
    this.rows = rows;
  }

  @Override
  public boolean knows(String eventId) {
    return rows.get(key(eventId)) != null;
  }

  /** Writes a mark that is not there yet. */
  void add(Mark mark, long value) {
    put(mark, value);
    rows.put(key(mark.eventId()), mark.occurredAt().toEpochMilli());
  }

  void forget(Mark mark) {
    remove(mark);
    rows.delete(key(mark.eventId()));
  }

  private String key(String eventId) {
    return prefix() + BY_ID + SortableText.escaped(eventId);
  }
}
