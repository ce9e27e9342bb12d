package io.millrace.flow.timeline;

import io.millrace.flow.engagement.Engagement;
import io.millrace.model.EventKeys;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.Comparator;

/**
 * One event that counts for a rule, and its place in time: of the events of one moment the one with
 * the smaller id comes first.
 *
 * @param eventId source/event_id; empty for a mere moment, which is before all its events
 */
public record Mark(Instant occurredAt, String eventId) implements Comparable<Mark> {
  /** Before all usable times, and within what the key of a row holds. */
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
