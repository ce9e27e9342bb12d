package io.millrace.stream;

import io.millrace.rule.Mark;
import io.millrace.rule.Marks;

/** Marks that can be changed. */
interface KeptMarks extends KeptTimeline<Long>, Marks {

  /** Writes a mark that is not there yet; {@link #put} is for one that is. */
  void add(Mark mark, long value);
}
