package io.millrace.flow.naive;

import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import java.util.HashSet;
import java.util.Set;

/** Marks in memory. */
public final class ListedMarks extends ListedTimeline<Long> implements Marks {
  private final Set<String> ids = new HashSet<>();

  @Override
  public boolean knows(String eventId) {
    return ids.contains(eventId);
  }

  void add(Mark mark, long value) {
    rows.put(mark, value);
    ids.add(mark.eventId());
  }

  void forget(Mark mark) {
    if (rows.remove(mark) == null || !ids.remove(mark.eventId())) {
      throw new AssertionError(mark + " is not there to be forgotten");
    }
  }
}
