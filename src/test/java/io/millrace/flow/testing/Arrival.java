package io.millrace.flow.testing;

import io.millrace.event.Event;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One time that an event comes in.
 *
 * @param pause how long nothing comes afterwards
 * @param caughtUp whether the partition holds no more than was read so far
 */
public record Arrival(Event event, Duration pause, boolean caughtUp) {

  /** The events in some order, some of them more than once. */
  public static List<Arrival> ofAll(List<Event> events, Random random) {
    List<Event> order = new ArrayList<>(events);
    switch (random.nextInt(3)) {
      case 0 -> swapNeighbours(order, random);
      case 1 -> Collections.reverse(order);
      default -> Collections.shuffle(order, random);
    }
    for (int copies = random.nextInt(events.size() / 3 + 1); copies > 0; copies--) {
      order.add(random.nextInt(order.size() + 1), events.get(random.nextInt(events.size())));
    }
    return order.stream()
        .map(event -> new Arrival(event, pause(random), random.nextInt(3) > 0))
        .toList();
  }

  /** The events that came, each once. */
  public static List<Event> events(Collection<Arrival> arrivals) {
    Map<String, Event> events = new LinkedHashMap<>();
    arrivals.forEach(
        arrival -> events.putIfAbsent(EventKeys.identity(arrival.event()), arrival.event()));
    return List.copyOf(events.values());
  }

  /** The same without what is hardly ever to blame. */
  public Arrival atOnce() {
    return new Arrival(event, Duration.ZERO, true);
  }

  @Override
  public String toString() {
    return "%s of %s at %d, %s, data %s, then %s%s"
        .formatted(
            event.getEventType(),
            EventKeys.record(event),
            event.getOccurredAt().toEpochMilli(),
            EventKeys.identity(event),
            event.getData(),
            pause,
            caughtUp ? "" : " behind");
  }

  private static void swapNeighbours(List<Event> events, Random random) {
    for (int i = 1; i < events.size(); i++) {
      if (random.nextBoolean()) {
        Collections.swap(events, i - 1, i);
      }
    }
  }

  private static Duration pause(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> Duration.ofMinutes(random.nextInt(7));
      case 1, 2, 3, 4 -> Duration.ofMillis(random.nextInt(4_000));
      default -> Duration.ofMillis(random.nextInt(200));
    };
  }
}
