package io.millrace.flow.timeline;

/** A timeline that can be changed. */
public interface MutableTimeline<V> extends Timeline<V> {

  /** Writes a row, replacing an existing one. */
  void put(Mark mark, V value);

  void remove(Mark mark);
}
