package io.millrace.flow.timeline;

/** Marks that can be changed. */
public interface KeptMarks extends KeptTimeline<Long>, Marks {

  /** Writes a mark that is not there yet; {@link #put} is for one that is. */
  void add(Mark mark, long value);
}
