package io.millrace.flow.stage;

import io.millrace.event.FieldWrite;
import io.millrace.event.StageMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The events of a record's lifecycle in the order of their stamps. */
final class StageMarks {
  private static final Comparator<StageMark> IN_ORDER = Comparator.comparing(StageMark::getStamp);

  private StageMarks() {}

  /**
   * The marks with one more; empty if it changes nothing. Of two marks of the same event, which
   * only a replay can produce, the later one is kept.
   */
  static Optional<List<StageMark>> with(List<StageMark> marks, StageMark added) {
    List<StageMark> more = new ArrayList<>(marks.size() + 1);
    for (StageMark mark : marks) {
      if (!mark.getEventId().equals(added.getEventId())) {
        more.add(mark);
      } else if (mark.equals(added) || IN_ORDER.compare(mark, added) > 0) {
        return Optional.empty();
      }
    }
    // Almost always at the end.
    int place = more.size();
    while (place > 0 && IN_ORDER.compare(more.get(place - 1), added) > 0) {
      place--;
    }
    more.add(place, added);
    return Optional.of(more);
  }

  /** The marks after a stamp; all if there is none. */
  static List<StageMark> after(List<StageMark> marks, Optional<String> stamp) {
    if (stamp.isEmpty()) {
      return marks;
    }
    return marks.stream().filter(mark -> isAfter(mark, stamp)).toList();
  }

  static boolean isAfter(StageMark mark, Optional<String> stamp) {
    return stamp.isEmpty() || mark.getStamp().compareTo(stamp.get()) > 0;
  }

  /**
   * The marks without the settled ones that no later mark depends on. Still needed are the last
   * deletion, and since then a creation and the last write of each field.
   */
  static List<StageMark> settled(List<StageMark> marks, String until) {
    List<StageMark> kept = new ArrayList<>(after(marks, Optional.of(until)).reversed());
    Set<String> fields = new HashSet<>();
    boolean created = false;
    for (StageMark mark : marks.reversed()) {
      if (isAfter(mark, Optional.of(until))) {
        continue;
      }
      boolean isFirstCreation = mark.getCreates() && !created;
      created |= mark.getCreates();
      boolean saysMore =
          fields.addAll(mark.getWrites().stream().map(FieldWrite::getField).toList());
      if (mark.getDeletes() || isFirstCreation || saysMore) {
        kept.add(mark);
      }
      if (mark.getDeletes()) {
        break;
      }
    }
    return List.copyOf(kept.reversed());
  }
}
