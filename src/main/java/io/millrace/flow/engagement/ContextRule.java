package io.millrace.flow.engagement;

import io.millrace.model.EventTypes;
import java.time.Duration;
import java.util.List;

/**
 * A declared order between a person's engagement and the context it needs.
 *
 * @param events types that wait, exact or ending in {@code .*}
 * @param needs types of which the person must have had one, at any time
 * @param atMost how long an event waits for it before it is forwarded without it
 */
public record ContextRule(String name, List<String> events, List<String> needs, Duration atMost) {
  public ContextRule {
    events = List.copyOf(events);
    needs = List.copyOf(needs);
  }

  /** Whether other events wait for events of this type. */
  public boolean isMetBy(String type) {
    return needs.stream().anyMatch(declared -> EventTypes.fits(declared, type));
  }

  /** Whether an event of this type waits. */
  public boolean holds(String type) {
    return !isMetBy(type) && events.stream().anyMatch(declared -> EventTypes.fits(declared, type));
  }
}
