package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.flow.testing.TestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of one lead on its way through the small lifecycle, and off it. */
public final class RandomStages {
  private RandomStages() {}

  public static List<Event> events(Random random, int count) {
    return drafts(random, count).stream().map(TestEvent::build).toList();
  }

  public static List<TestEvent> drafts(Random random, int count) {
    List<TestEvent> events = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      events.add(randomEvent(random, number, count));
    }
    return events;
  }

  private static TestEvent randomEvent(Random random, int number, int count) {
    String type =
        switch (random.nextInt(10)) {
          case 0, 1 -> "lead.created";
          case 2 -> "lead.deleted";
          case 3 -> "lead.qualified";
          case 4 -> "lead.lost";
          default -> "lead.updated";
        };
    TestEvent event =
        TestEvent.of(type, "lead/L-1")
            .id("e" + number)
            .source(random.nextBoolean() ? "crm" : "forms")
            .at(random.nextInt(count * 2));
    List<String> stages = List.of("Alpha", "A", "b", "c", "d", "LOST", "Zeta", " ");
    if (random.nextInt(4) > 0) {
      event.data("status", stages.get(random.nextInt(stages.size())));
    }
    if (random.nextInt(4) == 0) {
      event.previous("status", stages.get(random.nextInt(stages.size() - 1)));
    }
    if (random.nextInt(3) == 0) {
      event.data("owner", random.nextInt(3) == 0 ? null : "owner-" + random.nextInt(2));
    }
    return event;
  }

  /** Each life begins with a creation and ends, if it does, right before the next. */
  public static List<Event> longLives(Random random, int count) {
    List<Event> events =
        new ArrayList<>(List.of(event("lead.created", 0).data("owner", "ann").build()));
    List<String> stages = List.of("b", "c", "b", "c", "b", "c", "d", "LOST", "A");
    for (int time = 2; time < count; time++) {
      if (random.nextInt(50) == 0) {
        events.add(event("lead.deleted", time).build());
        events.add(event("lead.created", time + 1).build());
        time++;
      } else if (random.nextInt(12) == 0) {
        events.add(
            event("lead.updated", time)
                .data("owner", random.nextBoolean() ? "ann" : "bob")
                .build());
      } else {
        events.add(
            event("lead.updated", time)
                .data("status", stages.get(random.nextInt(stages.size())))
                .build());
      }
    }
    return events;
  }

  private static TestEvent event(String type, long at) {
    return TestEvent.of(type, "lead/L-1").id(type + at).at(at);
  }
}
