package io.millrace.flow.engagement;

import io.millrace.event.Event;
import java.time.Instant;
import java.util.List;

/**
 * An event as something a person did.
 *
 * @param activities names of the activities it counts for, sorted
 */
public record Engagement(Event event, List<String> activities) implements Behaviour {
  public Engagement {
    activities = List.copyOf(activities);
  }

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  /** The identifier that did it: an opaque id. */
  public String identifier() {
    return event.getRecord().getId();
  }

  /** Whether the event's year has four digits; other times cannot be calculated with. */
  public static boolean hasUsableTime(Event event) {
    Instant occurredAt = event.getOccurredAt();
    return !occurredAt.isBefore(EARLIEST) && occurredAt.isBefore(LATEST);
  }
}
