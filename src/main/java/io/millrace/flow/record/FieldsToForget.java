package io.millrace.flow.record;

import io.millrace.model.SortableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Records with hidden fields, by the day on which these must be removed. A record has at most one
 * row per day, however often it changes.
 */
public final class FieldsToForget {
  public static final String DUE = "fields-to-forget";

  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final int DUE_LENGTH = SortableText.of(0).length();

  private final KeyValueStore<String, String> due;

  /**
   * All rows below this were processed. Starting here avoids scanning the tombstones of earlier
   * rows; a new row is due weeks later.
   */
  private String looked = SortableText.of(Long.MIN_VALUE);

  FieldsToForget(KeyValueStore<String, String> due) {
    this.due = due;
  }

  /**
   * A row of the index.
   *
   * @param record the record's key
   * @param through the stamp up to which its fields are removed
   */
  record Row(String key, String record, String through) {}

  void add(String record, String through, long now) {
    long dueAt = (Math.floorDiv(now + Forgetting.KEPT.toMillis(), DAY_MS) + 1) * DAY_MS;
    due.put(SortableText.of(dueAt) + record, through);
  }

  /** Rows that are due at {@code now}, at most {@code limit}. */
  List<Row> due(long now, int limit) {
    String end = SortableText.of(now + 1);
    List<Row> found = new ArrayList<>();
    if (looked.compareTo(end) >= 0) {
      return found;
    }
    try (KeyValueIterator<String, String> rows = due.range(looked, end)) {
      while (rows.hasNext() && found.size() < limit) {
        KeyValue<String, String> row = rows.next();
        found.add(new Row(row.key, row.key.substring(DUE_LENGTH), row.value));
      }
      looked = rows.hasNext() ? found.getLast().key() : end;
    }
    return found;
  }

  /** Removes a record's rows, each under the day on which it is due: one day in the future each. */
  void removeAll(String record, long now) {
    long last = Math.floorDiv(now + Forgetting.KEPT.toMillis(), DAY_MS) + 1;
    for (long day = Math.floorDiv(now, DAY_MS) - 1; day <= last; day++) {
      due.put(SortableText.of(day * DAY_MS) + record, null);
    }
  }

  void remove(Row row) {
    due.put(row.key(), null);
  }
}
