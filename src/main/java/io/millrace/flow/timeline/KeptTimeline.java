package io.millrace.flow.timeline;

/** A timeline that can be changed. */
public interface KeptTimeline<V> extends Timeline<V> {

  /** Writes a row, in place of the one that is there. */
  void put(Mark mark, V value);

  void remove(Mark mark);
}
