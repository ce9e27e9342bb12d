package io.millrace.flow.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A short timeline, as stored in one row of its person. */
public class TimelineList<V> implements MutableTimeline<V> {
  private final List<Row<V>> rows = new ArrayList<>();

  /** All rows, in order. */
  public final List<Row<V>> rows() {
    return rows;
  }

  @Override
  public final void put(Mark mark, V value) {
    int place = placeOf(mark);
    Row<V> row = new Row<>(mark, value);
    if (place < rows.size() && rows.get(place).mark().equals(mark)) {
      rows.set(place, row);
    } else {
      rows.add(place, row);
    }
  }

  @Override
  public final void remove(Mark mark) {
    rows.removeIf(row -> row.mark().equals(mark));
  }

  @Override
  public final List<Row<V>> before(Mark mark, Instant since, int most) {
    List<Row<V>> before = new ArrayList<>();
    for (int place = placeOf(mark) - 1; place >= 0 && before.size() < most; place--) {
      Row<V> row = rows.get(place);
      if (row.mark().occurredAt().isBefore(since)) {
        break;
      }
      before.add(row);
    }
    return before;
  }

  @Override
  public final List<Row<V>> after(Mark mark, int most) {
    int place = placeOf(mark);
    boolean isThere = place < rows.size() && rows.get(place).mark().equals(mark);
    int first = isThere ? place + 1 : place;
    return List.copyOf(rows.subList(first, Math.min(rows.size(), first + Math.max(0, most))));
  }

  /** The index of a mark, or where it would be inserted; usually at the end. */
  private int placeOf(Mark mark) {
    if (rows.isEmpty() || mark.isAfter(rows.getLast().mark())) {
      return rows.size();
    }
    int low = 0;
    int high = rows.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mark.isAfter(rows.get(middle).mark())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
