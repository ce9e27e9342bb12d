package io.millrace.flow.timeline;

/** The events that count for a rule, each with a number. */
public interface Marks extends Timeline<Long> {
  /** Whether an event is among them, at any time: by its id and its identifier. */
  boolean knows(Mark mark);
}
