package io.millrace.flow.usage;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.UsageCount;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.naive.ListedUsage;
import io.millrace.flow.naive.UsageState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Usage against a list of all events that is counted from the beginning. */
final class UsageModelTest {
  private static final String ANN = "ann@example.com";
  private static final int CASES = Integer.getInteger("cases", 1_000);
  private static final List<String> STEPS = List.of("one", "two", "three", "four");

  private final Map<String, UsageCount> standing = new TreeMap<>();
  private UsageState state = new UsageState();

  @Test
  void standsWithTheCountsOfTheWholeList() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      int within = random.nextInt(15);
      int remember = random.nextInt(3) == 0 ? random.nextInt(25) : 10_000;
      UsageRule.Times rule =
          new UsageRule.Times(
              "use",
              "Uses",
              "product-use",
              Duration.ofSeconds(within),
              2 + random.nextInt(8),
              Duration.ofSeconds(remember));
      start();
      List<Event> counted = new ArrayList<>();

      for (Event event : events(random)) {
        say(rule, new Engagement(event, List.of("product-use")));
        count(rule, event, counted);
      }

      assertThat(standing)
          .as("-Dseed=%d, %s", seed + number, rule)
          .isEqualTo(ListedUsage.times(rule, ANN, counted));
    }
  }

  @Test
  void standsWithTheFirstTimesOfTheWholeList() {
    UsageRule.Steps rule = new UsageRule.Steps("use", "Uses", STEPS);
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      start();
      List<Event> events = events(random);

      for (Event event : events) {
        say(rule, new Engagement(event, steps(event)));
      }

      assertThat(standing)
          .as("-Dseed=%d", seed + number)
          .isEqualTo(ListedUsage.steps(rule, ANN, events, UsageModelTest::steps));
    }
  }

  private void start() {
    standing.clear();
    state = new UsageState();
  }

  private void say(UsageRule rule, Engagement engagement) {
    for (UsageCount said : state.add(rule, ANN, engagement)) {
      assertThat(said.getStatus())
          .isEqualTo(standing.containsKey(said.getUsageId()) ? "CORRECTED" : "DETECTED");
      UsageCount now = UsageCount.newBuilder(said).setStatus("DETECTED").build();
      assertThat(standing.put(said.getUsageId(), now)).as("says something new").isNotEqualTo(now);
    }
  }

  private static void count(UsageRule.Times rule, Event event, List<Event> counted) {
    Instant newest =
        counted.stream()
            .map(Event::getOccurredAt)
            .max(Comparator.naturalOrder())
            .orElse(event.getOccurredAt());
    if (!event.getOccurredAt().isBefore(newest.minus(rule.remember()))
        && !counted.contains(event)) {
      counted.add(event);
    }
  }

  /** Some events do several steps at once, and many none. */
  private static List<String> steps(Event event) {
    int kind = Integer.parseInt(event.getEventId().substring(1)) % 7;
    return kind == 6 ? List.of("one", "three") : kind < 4 ? List.of(STEPS.get(kind)) : List.of();
  }

  private static List<Event> events(Random random) {
    int most = 1 + random.nextInt(50);
    int span = 1 + random.nextInt(60);
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < most; number++) {
      Instant at = NOON.plusSeconds(random.nextInt(span));
      events.add(event(ANN, "e" + number, "product.used", at, Map.of()));
    }
    for (int copy = random.nextInt(10); copy > 0; copy--) {
      events.add(events.get(random.nextInt(events.size())));
    }
    switch (random.nextInt(4)) {
      case 0 -> events.sort(Comparator.comparing(Event::getOccurredAt));
      case 1 -> events.sort(Comparator.comparing(Event::getOccurredAt).reversed());
      default -> Collections.shuffle(events, random);
    }
    return events;
  }
}
