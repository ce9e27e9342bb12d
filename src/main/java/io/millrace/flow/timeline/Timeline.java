package io.millrace.flow.timeline;

import java.time.Instant;
import java.util.List;

/**
 * What a rule remembers of one person by its place in time. A port: the rule reads, the step keeps
 * it in a store, a row for each mark, so that one more event costs the same however many there are.
 */
public interface Timeline<V> {
  /** One row. */
  record Row<V>(Mark mark, V value) {}

  /** The rows before a mark and not before a moment, the nearest first. */
  List<Row<V>> before(Mark mark, Instant since, int most);

  /** The rows after a mark, the nearest first. */
  List<Row<V>> after(Mark mark, int most);
}
