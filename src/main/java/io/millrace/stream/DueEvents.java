package io.millrace.stream;

import io.millrace.event.Lineage;
import io.millrace.rule.SortableText;
import io.millrace.stream.WaitingRoom.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When waiting events are due: an index of the events in {@link WaitingRoom}, a row for each. What
 * is due at the same time is found in the order of its delivery, whichever records it is about.
 */
final class DueEvents {
  static final String STORE = "waiting-due";

  /** The due time of what is not due before something else happens. */
  static final long NEVER = Long.MAX_VALUE;

  /** Sorts after every row. */
  private static final String END = "g";

  private static final int TIME_LENGTH = 16;

  private final KeyValueStore<String, String> rows;

  /**
   * No row is below this. Starting there keeps a poll from wading through the tombstones of all
   * that was due before.
   */
  private String lowest = SortableText.of(Long.MIN_VALUE);

  /** Rows in the form of the first version, which had no place for the delivery. */
  private long oldRows;

  DueEvents(KeyValueStore<String, String> rows) {
    this.rows = rows;
  }

  /** A row of the index: the key of a waiting event and when it is due. */
  record Row(String text, long at, String key) {}

  /** How many rows there are; reads them all, so it is for the start only. */
  long count() {
    long count = 0;
    oldRows = 0;
    try (KeyValueIterator<String, String> all = rows.all()) {
      while (all.hasNext()) {
        count++;
        oldRows += isOld(all.next()) ? 1 : 0;
      }
    }
    return count;
  }

  void add(Waiting waiting) {
    String text = text(waiting);
    rows.put(text, waiting.key());
    lowest = text.compareTo(lowest) < 0 ? text : lowest;
  }

  void remove(Waiting waiting) {
    String old = SortableText.of(waiting.dueAt()) + waiting.key();
    if (oldRows > 0 && rows.delete(old) != null) {
      oldRows--;
    } else {
      rows.put(text(waiting), null);
    }
  }

  /** Removes a row whose event is not due then; whether it was still there. */
  boolean removeStray(Row row) {
    boolean isThere = rows.get(row.text()) != null;
    if (isThere) {
      rows.put(row.text(), null);
    }
    return isThere;
  }

  /** The rows that are due at {@code now}, earliest first, at most {@code limit}. */
  List<Row> until(long now, int limit) {
    List<Row> found = new ArrayList<>();
    if (lowest.compareTo(END) >= 0 || SortableText.numberIn(lowest) > now) {
      return found;
    }
    String first = END;
    try (KeyValueIterator<String, String> due = rows.range(lowest, END)) {
      while (due.hasNext() && found.size() < limit) {
        Row row = row(due.next());
        first = first.equals(END) ? row.text() : first;
        if (row.at() > now) {
          break;
        }
        found.add(row);
      }
    }
    lowest = first;
    return found;
  }

  private static Row row(KeyValue<String, String> row) {
    String key = isOld(row) ? row.key.substring(TIME_LENGTH) : row.value;
    return new Row(row.key, SortableText.numberIn(row.key), key);
  }

  private static boolean isOld(KeyValue<String, String> row) {
    return row.value.isEmpty();
  }

  private static String text(Waiting waiting) {
    Lineage lineage = waiting.event().getMetadata().getLineage();
    return SortableText.of(waiting.dueAt())
        + SortableText.of(lineage.getOffset())
        + SortableText.of(lineage.getIndex())
        + waiting.key();
  }
}
