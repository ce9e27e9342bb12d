package io.millrace.flow.timeline;

/** A few marks, as they lie in a row of their person. */
public final class MarkList extends TimelineList<Long> implements KeptMarks {
  @Override
  public void add(Mark mark, long value) {
    put(mark, value);
  }

  @Override
  public boolean knows(String eventId) {
    return rows().stream().anyMatch(row -> row.mark().eventId().equals(eventId));
  }
}
