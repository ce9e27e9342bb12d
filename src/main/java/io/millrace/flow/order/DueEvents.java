package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.model.SortableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * When each waiting event is due, in memory: about 400 bytes per event, including its position in
 * its record. It is rebuilt from the rows of {@code waiting-events} at the start, so it is not a
 * store of its own; that would cost every waiting event two more writes and two more records in
 * Kafka.
 */
final class DueEvents {
  /** For an event that another event wakes. */
  static final long NEVER = Long.MAX_VALUE;

  private final Map<String, Row> byKey = new HashMap<>();
  private final NavigableSet<Row> byTime = new TreeSet<>();

  /**
   * A waiting event. Events that are due at the same time are sorted by their deliveries.
   *
   * @param at when it is due, milliseconds of the step's clock
   * @param key its key in the store
   */
  record Row(long at, long offset, int index, String key) implements Comparable<Row> {
    /** The key of the record it is about. */
    String record() {
      return SortableText.unescaped(key.substring(0, key.indexOf(WaitingRoom.SEPARATOR)));
    }

    /** Its place among the record's events. */
    String position() {
      return key.substring(key.indexOf(WaitingRoom.SEPARATOR) + 1);
    }

    @Override
    public int compareTo(Row other) {
      if (at != other.at) {
        return Long.compare(at, other.at);
      }
      if (offset != other.offset) {
        return Long.compare(offset, other.offset);
      }
      return index != other.index ? Integer.compare(index, other.index) : key.compareTo(other.key);
    }
  }

  int count() {
    return byKey.size();
  }

  void add(String key, Event event, long at) {
    Lineage lineage = event.getMetadata().getLineage();
    put(new Row(at, lineage.getOffset(), lineage.getIndex(), key));
  }

  void remove(String key) {
    Row row = byKey.remove(key);
    if (row != null) {
      byTime.remove(row);
    }
  }

  /** When an event is due; {@link #NEVER} if it is not waiting. */
  long at(String key) {
    Row row = byKey.get(key);
    return row == null ? NEVER : row.at();
  }

  void move(String key, long at) {
    Row row = byKey.get(key);
    if (row != null && row.at() != at) {
      put(new Row(at, row.offset(), row.index(), key));
    }
  }

  /** The rows that are due at {@code now}, earliest first, at most {@code limit}. */
  List<Row> until(long now, int limit) {
    List<Row> found = new ArrayList<>();
    for (Row row : byTime) {
      if (row.at() > now || found.size() == limit) {
        break;
      }
      found.add(row);
    }
    return found;
  }

  private void put(Row row) {
    Row before = byKey.put(row.key(), row);
    if (before != null) {
      byTime.remove(before);
    }
    byTime.add(row);
  }
}
