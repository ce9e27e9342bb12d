package io.millrace.flow.engagement;

import io.millrace.model.EventTypes;
import java.time.Duration;
import java.util.List;

/**
 * A declared order between what a person does and what is to be known of them first.
 *
 * @param events types that wait, exact or ending in {@code .*}
 * @param needs types of which the person must have had one, at whatever time
 * @param atMost how long an event waits for that before it goes on without
 */
public record ContextRule(String name, List<String> events, List<String> needs, Duration atMost) {
  public ContextRule {
    events = List.copyOf(events);
    needs = List.copyOf(needs);
  }

  /** Whether an event of this type is what others wait for. */
  public boolean isMetBy(String type) {
    return needs.stream().anyMatch(declared -> EventTypes.fits(declared, type));
  }

  /** Whether an event of this type waits. */
  public boolean holds(String type) {
    return !isMetBy(type) && events.stream().anyMatch(declared -> EventTypes.fits(declared, type));
  }
}
