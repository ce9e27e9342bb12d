package io.millrace.flow.naive;

import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A timeline in memory. */
public class ListedTimeline<V> implements Timeline<V> {
  public final NavigableMap<Mark, V> rows = new TreeMap<>();

  @Override
  public List<Row<V>> before(Mark mark, Instant since, int most) {
    return first(rows.headMap(mark, false).descendingMap(), most).stream()
        .takeWhile(row -> !row.mark().occurredAt().isBefore(since))
        .toList();
  }

  @Override
  public List<Row<V>> after(Mark mark, int most) {
    return first(rows.tailMap(mark, false), most);
  }

  private static <V> List<Row<V>> first(Map<Mark, V> rows, int most) {
    List<Row<V>> first = new ArrayList<>();
    Iterator<Map.Entry<Mark, V>> entries = rows.entrySet().iterator();
    while (first.size() < most && entries.hasNext()) {
      Map.Entry<Mark, V> entry = entries.next();
      first.add(new Row<>(entry.getKey(), entry.getValue()));
    }
    return first;
  }
}
