package io.millrace.flow.engagement;

import io.millrace.flow.expression.EventCondition;
import io.millrace.flow.expression.EventView;
import io.millrace.model.EventTypes;
import java.util.List;
import java.util.Optional;

/**
 * A named kind of behaviour: which events count for it.
 *
 * @param events event types, exact or as a prefix ending in {@code .*}
 * @param when an additional test that the events must pass
 */
public record Activity(
    String name, String description, List<String> events, Optional<EventCondition> when) {
  public Activity {
    events = List.copyOf(events);
  }

  /** Whether events of this type may count. */
  boolean fits(String type) {
    return events.stream().anyMatch(declared -> EventTypes.fits(declared, type));
  }

  /** Whether an event of such a type counts. */
  boolean accepts(EventView event) {
    return when.isEmpty() || when.get().holds(event);
  }
}
