package io.millrace.flow.timeline;

import io.millrace.event.ActivityMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Marks in pages that fit into a message each. Nearly always one page is enough: as many marks as
 * are ever kept, with ids of 100 characters. But a sender may choose long ids.
 */
public final class MarkPages {
  /** Half of what a message may have, in bytes: the rest of it is small. */
  static final long MOST_BYTES = 4_000_000;

  /** UTF-8 needs three bytes for one char, and four for a pair of them. */
  private static final long BYTES_OF_CHARACTER = 3;

  private static final long BYTES_OF_TIME_AND_LENGTHS = 20;

  private MarkPages() {}

  /** The pages, in order; at least one. A mark that is too long for a page has its own. */
  public static List<List<ActivityMark>> of(List<ActivityMark> marks) {
    return of(marks, mark -> mark);
  }

  /** The same for values that contain a mark each, and little else. */
  public static <T> List<List<T>> of(List<T> values, Function<T, ActivityMark> mark) {
    List<List<T>> pages = new ArrayList<>();
    List<T> page = new ArrayList<>();
    pages.add(page);
    long bytes = 0;
    for (T value : values) {
      long more = bytes(mark.apply(value));
      bytes += more;
      if (bytes > MOST_BYTES && !page.isEmpty()) {
        page = new ArrayList<>();
        pages.add(page);
        bytes = more;
      }
      page.add(value);
    }
    return pages;
  }

  private static long bytes(ActivityMark mark) {
    int characters = mark.getEventId().length() + mark.getIdentifier().length();
    return BYTES_OF_CHARACTER * characters + BYTES_OF_TIME_AND_LENGTHS;
  }
}
