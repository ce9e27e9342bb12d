package io.millrace.flow.timeline;

import java.time.Instant;
import java.util.List;

/**
 * What a rule remembers of one person, by time. A port: the rule reads it, and the step keeps it in
 * a store with a row per mark, so that the cost of an event does not grow with their number.
 */
public interface Timeline<V> {
  /** One row. */
  record Row<V>(Mark mark, V value) {}

  /** The rows before a mark and not before a moment, nearest first. */
  List<Row<V>> before(Mark mark, Instant since, int most);

  /** The rows after a mark, nearest first. */
  List<Row<V>> after(Mark mark, int most);
}
