package io.millrace.flow.engagement;

import io.millrace.event.Event;
import io.millrace.flow.expression.EventView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All declared activities. */
public final class Activities {
  /** The most event types for which the possible activities are cached. */
  private static final int MOST_TYPES = 1_000;

  private final List<Activity> all;

  /** By event type, sorted by name; for most activities the type alone decides. */
  private final Map<String, Candidates> candidates = new ConcurrentHashMap<>();

  public Activities(List<Activity> all) {
    this.all = List.copyOf(all);
  }

  public List<Activity> all() {
    return all;
  }

  /** The names of the activities an event counts for, sorted; none for most events. */
  public List<String> of(Event event) {
    Candidates possible = candidates(event.getEventType());
    if (possible.certain().isPresent()) {
      return possible.certain().get();
    }
    EventView view = new EventView(event);
    List<String> names = new ArrayList<>();
    for (Activity activity : possible.activities()) {
      if (activity.accepts(view)) {
        names.add(activity.name());
      }
    }
    return List.copyOf(names);
  }

  private Candidates candidates(String type) {
    Candidates known = candidates.get(type);
    if (known == null) {
      known = Candidates.of(all, type);
      // Senders can invent types. Two threads may both add the last one; the limit only bounds
      // memory.
      if (candidates.size() < MOST_TYPES) {
        candidates.put(type, known);
      }
    }
    return known;
  }

  /**
   * The activities that events of one type can count for.
   *
   * @param certain the names, if no activity tests more than the type
   */
  private record Candidates(List<Activity> activities, Optional<List<String>> certain) {
    static Candidates of(List<Activity> all, String type) {
      List<Activity> fitting =
          all.stream()
              .filter(activity -> activity.fits(type))
              .sorted(Comparator.comparing(Activity::name))
              .toList();
      boolean isCertain = fitting.stream().allMatch(activity -> activity.when().isEmpty());
      return new Candidates(
          fitting,
          isCertain
              ? Optional.of(fitting.stream().map(Activity::name).toList())
              : Optional.empty());
    }
  }
}
