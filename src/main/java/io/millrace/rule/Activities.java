package io.millrace.rule;

import io.millrace.event.Event;
import java.util.List;

/** All declared activities. */
public record Activities(List<Activity> all) {
  public Activities {
    all = List.copyOf(all);
  }

  /** The names of the activities an event counts for, sorted; none for most events. */
  public List<String> of(Event event) {
    EventView view = new EventView(event);
    return all.stream()
        .filter(activity -> activity.includes(event.getEventType(), view))
        .map(Activity::name)
        .sorted()
        .toList();
  }
}
