package io.millrace.flow.timeline;

/** A short list of marks, as stored in one row of its person. */
public final class MarkList extends TimelineList<Long> implements MutableMarks {
  @Override
  public void add(Mark mark, long value) {
    put(mark, value);
  }

  @Override
  public boolean knows(String eventId) {
    return rows().stream().anyMatch(row -> row.mark().eventId().equals(eventId));
  }
}
