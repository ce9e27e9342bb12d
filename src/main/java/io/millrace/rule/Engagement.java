package io.millrace.rule;

import io.millrace.event.Event;
import java.util.List;

/**
 * An event as something a person did.
 *
 * @param activities names of the activities it counts for, sorted
 */
public record Engagement(Event event, List<String> activities) {
  public Engagement {
    activities = List.copyOf(activities);
  }

  /** The event's identity across sources: source/event_id. */
  public String eventId() {
    return event.getSource() + "/" + event.getEventId();
  }
}
