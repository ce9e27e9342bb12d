package io.millrace.stream;

import io.millrace.rule.Mark;
import io.millrace.rule.Timeline;

/** A timeline that can be changed. */
interface KeptTimeline<V> extends Timeline<V> {

  /** Writes a row, in place of the one that is there. */
  void put(Mark mark, V value);

  void remove(Mark mark);
}
