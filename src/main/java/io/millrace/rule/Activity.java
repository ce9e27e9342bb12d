package io.millrace.rule;

import java.util.List;
import java.util.Optional;

/**
 * A named kind of behaviour: which events count for it.
 *
 * @param events event types, exact or, ending in {@code .*}, by their beginning
 * @param when a test the events must pass besides
 */
public record Activity(
    String name, String description, List<String> events, Optional<EventCondition> when) {
  public Activity {
    events = List.copyOf(events);
  }

  /** Whether an event of this type counts. */
  boolean includes(String type, EventView event) {
    return events.stream().anyMatch(declared -> EventTypes.fits(declared, type))
        && when.map(condition -> condition.holds(event)).orElse(true);
  }
}
