package io.millrace.flow.naive;

import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Marks in memory. */
public final class ListedMarks extends ListedTimeline<Long> implements Marks {
  private final Set<Mark> ids = new HashSet<>();

  @Override
  public boolean knows(Mark mark) {
    return ids.contains(id(mark));
  }

  private static Mark id(Mark mark) {
    return new Mark(Instant.EPOCH, mark.eventId(), mark.identifier());
  }

  void add(Mark mark, long value) {
    rows.put(mark, value);
    ids.add(id(mark));
  }

  void forget(Mark mark) {
    if (rows.remove(mark) == null || !ids.remove(id(mark))) {
      throw new AssertionError(mark + " is not there to be forgotten");
    }
  }
}
