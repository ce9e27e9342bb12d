package io.millrace.flow.order;

import io.millrace.model.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be known of a record before events of some types are released.
 *
 * @param events the types, as {@link EventTypes} reads them
 * @param needs fields of the record, each with its permitted values
 * @param unchanged fields that such an event does not change: if its value differs from the
 *     record's, the change has not arrived yet
 */
public record EventPrerequisite(
    List<String> events, Map<String, Set<String>> needs, Set<String> unchanged) {

  public EventPrerequisite {
    events = List.copyOf(events);
    needs =
        needs.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, need -> Set.copyOf(need.getValue())));
    unchanged = Set.copyOf(unchanged);
  }

  boolean isAbout(String eventType) {
    return events.stream().anyMatch(declared -> EventTypes.fits(declared, eventType));
  }
}
