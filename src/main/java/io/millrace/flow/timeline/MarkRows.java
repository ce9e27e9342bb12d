package io.millrace.flow.timeline;

import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Many marks as rows of a store: each with its time as key, and with its id as key to recognise it
 * again.
 */
public final class MarkRows<S> extends TimelineRows<S, Long> implements MutableMarks {
  private static final char BY_ID = '#';

  private final KeyValueStore<String, S> rows;
  private final String key;
  private final S known;

  /**
   * The marks of a rule and a person.
   *
   * @param key the key of their memory
   * @param known the value of a row that only marks an id as known
   */
  public MarkRows(KeyValueStore<String, S> rows, String key, Form<S, Long> form, S known) {
    super(rows, key, form);
    this.rows = rows;
    this.key = key;
    this.known = known;
  }

  @Override
  public boolean knows(Mark mark) {
    return rows.get(idKey(mark)) != null;
  }

  @Override
  public void add(Mark mark, long value) {
    put(mark, value);
    rows.put(idKey(mark), known);
  }

  @Override
  public void remove(Mark mark) {
    super.remove(mark);
    rows.put(idKey(mark), null);
  }

  private String idKey(Mark mark) {
    return key + BY_ID + idIn(mark);
  }
}
