package io.millrace.rule;

import io.millrace.event.Event;
import java.util.List;

/**
 * A named kind of behaviour: which events count for it.
 *
 * @param events event types, exact or, ending in {@code .*}, by their beginning
 * @param allOf conditions that must all hold
 * @param anyOf conditions of which one must hold; none means there is nothing to choose from
 */
public record Activity(
    String name,
    String description,
    List<String> events,
    List<Condition> allOf,
    List<Condition> anyOf) {
  public Activity {
    events = List.copyOf(events);
    allOf = List.copyOf(allOf);
    anyOf = List.copyOf(anyOf);
  }

  /** Whether the event counts. */
  public boolean includes(Event event) {
    return events.stream().anyMatch(type -> EventTypes.fits(type, event.getEventType()))
        && allOf.stream().allMatch(condition -> condition.holds(event))
        && (anyOf.isEmpty() || anyOf.stream().anyMatch(condition -> condition.holds(event)));
  }
}
