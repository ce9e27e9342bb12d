package io.millrace.flow.timeline;

import io.millrace.event.ActivityMark;
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
 * @param identifier the identifier it came by; empty if that is the person, as it is for most. A
 *     sender may use one id for events of two people, and these may turn out to be one
 */
public record Mark(Instant occurredAt, String eventId, String identifier)
    implements Comparable<Mark> {
  /** Before all usable times, and within the range of a row's key. */
  public static final Mark EARLIEST = startOf(Instant.parse("-9999-01-01T00:00:00Z"));

  /** After all usable times. */
  public static final Mark LATEST = startOf(Instant.parse("+19999-01-01T00:00:00Z"));

  private static final Comparator<Mark> IN_TIME =
      Comparator.comparing(Mark::occurredAt)
          .thenComparing(mark -> SortableText.escaped(mark.eventId))
          .thenComparing(mark -> SortableText.escaped(mark.identifier));

  /** The mark of an event of a person. */
  public static Mark of(Engagement engagement, String person) {
    return new Mark(
        engagement.event().getOccurredAt(),
        EventKeys.identity(engagement.event()),
        relative(engagement.identifier(), person));
  }

  public static Mark of(ActivityMark mark) {
    return new Mark(mark.getOccurredAt(), mark.getEventId(), mark.getIdentifier());
  }

  public static Mark startOf(Instant moment) {
    return new Mark(moment, "", "");
  }

  /** How an identifier is written in the marks of a person. */
  public static String relative(String identifier, String person) {
    return identifier.equals(person) ? "" : identifier;
  }

  /** The identifier by which an event of this person came. */
  public String identifierOf(String person) {
    return identifier.isEmpty() ? person : identifier;
  }

  /** The same mark, by another identifier. */
  public Mark by(String other) {
    return new Mark(occurredAt, eventId, other);
  }

  public ActivityMark toActivityMark() {
    return new ActivityMark(occurredAt, eventId, identifier);
  }

  public boolean isAfter(Mark other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Mark other) {
    return IN_TIME.compare(this, other);
  }
}
