package io.millrace.flow.timeline;

import io.millrace.flow.engagement.Engagement;
import io.millrace.model.EventKeys;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.Comparator;

/**
 * An event that counts for a rule, and its place in time: events of the same moment are sorted by
 * id.
 *
 * @param eventId source/event_id; empty for a moment without an event, which sorts before all
 *     events of that moment
 */
public record Mark(Instant occurredAt, String eventId) implements Comparable<Mark> {
  /** Before all usable times, and within the range of a row's key. */
  public static final Mark EARLIEST = startOf(Instant.parse("-9999-01-01T00:00:00Z"));

  /** After all usable times. */
  public static final Mark LATEST = startOf(Instant.parse("+19999-01-01T00:00:00Z"));

  private static final Comparator<Mark> IN_TIME =
      Comparator.comparing(Mark::occurredAt)
          .thenComparing(mark -> SortableText.escaped(mark.eventId));

  public static Mark of(Engagement engagement) {
    return new Mark(engagement.event().getOccurredAt(), EventKeys.identity(engagement.event()));
  }

  public static Mark startOf(Instant moment) {
    return new Mark(moment, "");
  }

  public boolean isAfter(Mark other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Mark other) {
    return IN_TIME.compare(this, other);
  }
}
