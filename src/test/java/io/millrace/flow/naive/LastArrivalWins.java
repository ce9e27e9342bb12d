package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.flow.testing.Arrival;
import io.millrace.flow.testing.Subject;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** What everybody writes first, and what is wrong: the event that comes last wins. */
public final class LastArrivalWins implements Subject {

  @Override
  public List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String record = "lead/L-" + random.nextInt(20);
      events.add(TestEvent.of("lead.updated", record).id("e" + i).at(i).build());
    }
    return events;
  }

  @Override
  public NavigableMap<String, String> expected(Collection<Event> events) {
    List<Event> sorted =
        events.stream().sorted(Comparator.comparing(Event::getOccurredAt)).toList();
    return lastOf(sorted);
  }

  @Override
  public NavigableMap<String, String> outcome(List<Arrival> arrivals) {
    return lastOf(arrivals.stream().map(Arrival::event).toList());
  }

  private static NavigableMap<String, String> lastOf(List<Event> events) {
    NavigableMap<String, String> last = new TreeMap<>();
    events.forEach(event -> last.put(EventKeys.record(event), event.getEventId()));
    return last;
  }
}
