package io.millrace.flow.timeline;

/** Marks that can be changed. */
public interface MutableMarks extends MutableTimeline<Long>, Marks {

  /** Adds a new mark; {@link #put} replaces an existing one. */
  void add(Mark mark, long value);
}
