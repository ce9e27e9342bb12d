package io.millrace.flow.timeline;

/** A short list of marks, as stored in one row of its person. */
public final class MarkList extends TimelineList<Long> implements MutableMarks {
  @Override
  public void add(Mark mark, long value) {
    put(mark, value);
  }

  @Override
  public boolean knows(Mark mark) {
    return rows().stream().anyMatch(row -> isSame(row.mark(), mark));
  }

  private static boolean isSame(Mark one, Mark other) {
    return one.eventId().equals(other.eventId()) && one.identifier().equals(other.identifier());
  }
}
