package io.millrace.rule;

import io.millrace.event.Event;
import java.util.Map;

/** How much an event holds, so that nothing is sent to a topic that would refuse it. */
public final class EventSize {
  /**
   * The most an event or a record's state may hold, in characters: in UTF-8 it stays below the 8
   * MiB every topic takes.
   */
  public static final long MAX_CHARACTERS = 2_000_000;

  private EventSize() {}

  /** Characters in the parts of an event that its sender fills at will. */
  public static long of(Event event) {
    return of(event.getData()) + of(event.getPrevious());
  }

  private static long of(Map<String, String> values) {
    long size = 0;
    for (Map.Entry<String, String> value : values.entrySet()) {
      size += value.getKey().length();
      size += value.getValue() == null ? 0 : value.getValue().length();
    }
    return size;
  }
}
