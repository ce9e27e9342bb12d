package io.millrace.flow.testing;

import io.millrace.event.Event;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;

/** A role of the flow whose end does not depend on the order its events come in. */
public interface Subject {

  /** A random set of events, each with an identity of its own. */
  List<Event> events(Random random);

  /** What the readers must end up with, by topic and key: found from the set, the naive way. */
  NavigableMap<String, String> expected(Collection<Event> events);

  /** What the readers end up with when the events come like this. */
  NavigableMap<String, String> outcome(List<Arrival> arrivals);
}
