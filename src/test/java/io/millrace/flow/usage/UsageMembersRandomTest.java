package io.millrace.flow.usage;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.naive.ListedUsage;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.testing.JoiningPeople;
import io.millrace.flow.testing.MapStore;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Usage of people whose identifiers join and leave, against a list of all their events. */
final class UsageMembersRandomTest {
  private static final int CASES = Integer.getInteger("cases", 1_000);
  private static final List<String> IDENTIFIERS = List.of("ann", "ann+", "b", "é c");
  private static final List<String> STEPS = List.of("one", "two", "three", "four");

  /** What a reader of the topic holds for valid, by person and id. */
  private final Map<String, Map<String, UsageCount>> valid = new TreeMap<>();

  private final FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
  private MapStore<UsageMemory> memories = new MapStore<>(CountUsage.MEMORY);
  private JoiningPeople<SpecificRecord> people = people(new UsageRules(List.of()));

  @Test
  void countsWhatTheListOfAllEventsSaysWhereverTheyCameFrom() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      UsageRule.Times rule = times(random, 10_000);
      start(rule);
      List<Event> events = events(random);

      live(random, events, true);

      for (String person : IDENTIFIERS) {
        assertThat(valid.getOrDefault(person, Map.of()))
            .as("-Dseed=%d, %s, %s", seed + number, person, rule)
            .isEqualTo(ListedUsage.times(rule, person, people.eventsOf(person, events)));
      }
    }
  }

  @Test
  void announcesEachEventOfSettledTimeOnce() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      UsageRule.Times rule = times(random, 1 + random.nextInt(30));
      start(rule);

      live(random, events(random), false);

      assertThat(
              valid.values().stream()
                  .flatMap(of -> of.keySet().stream())
                  .map(UsageMembersRandomTest::eventOf))
          .as("-Dseed=%d, %s", seed + number, rule)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void knowsTheStepsOfEachIdentifier() {
    UsageRule.Steps rule = new UsageRule.Steps("use", "Uses", STEPS);
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      start(rule);
      List<Event> events = events(random);

      live(random, events, true);

      for (String person : IDENTIFIERS) {
        assertThat(valid.getOrDefault(person, Map.of()))
            .as("-Dseed=%d, %s", seed + number, person)
            .isEqualTo(
                ListedUsage.steps(
                    rule, person, people.eventsOf(person, events), UsageMembersRandomTest::steps));
      }
      assertThat(memories.rows().size())
          .as(
              "-Dseed=%d: no more than a row for each person and for each identifier",
              seed + number)
          .isLessThanOrEqualTo(2 * IDENTIFIERS.size());
    }
  }

  private void start(UsageRule rule) {
    valid.clear();
    memories = new MapStore<>(CountUsage.MEMORY);
    people = people(new UsageRules(List.of(rule)));
  }

  private JoiningPeople<SpecificRecord> people(UsageRules rules) {
    return new JoiningPeople<>(new CountUsage(rules, metrics), memories, NOON);
  }

  private void live(Random random, List<Event> events, boolean repeats) {
    int changes = random.nextInt(12);
    int most = Math.max(events.size(), 12);
    for (Event event : events) {
      arrive(event);
      if (repeats && random.nextInt(6) == 0) {
        arrive(events.get(random.nextInt(events.size())));
      }
      for (int moves = random.nextInt(3); moves > 0 && random.nextInt(most) < changes; moves--) {
        people.move(any(random), any(random));
        hear();
      }
      if (people.underWay() > 0 && random.nextInt(3) == 0) {
        deliver(random);
      }
    }
    while (people.underWay() > 0) {
      deliver(random);
    }
  }

  private void arrive(Event event) {
    List<String> activities = new ArrayList<>(steps(event));
    activities.add("product-use");
    people.arrive(event, activities);
    hear();
  }

  private void deliver(Random random) {
    people.deliver(random.nextInt(people.underWay()));
    hear();
  }

  private void hear() {
    for (Record<?, ?> record : people.said()) {
      if (record.value() instanceof UsageCount count) {
        Map<String, UsageCount> known =
            valid.computeIfAbsent(count.getPerson(), one -> new TreeMap<>());
        UsageCount now = UsageCount.newBuilder(count).setStatus("DETECTED").build();
        assertThat(known.containsKey(count.getUsageId()))
            .as("%s", count)
            .isEqualTo(!count.getStatus().equals("DETECTED"));
        switch (count.getStatus()) {
          case "RETRACTED" -> assertThat(known.remove(count.getUsageId())).isEqualTo(now);
          default -> assertThat(known.put(count.getUsageId(), now)).isNotEqualTo(now);
        }
      }
    }
  }

  /** The event that a usage id is about, whichever person counts it. */
  private static String eventOf(String usageId) {
    List<String> parts = List.of(usageId.split("\\|", -1));
    return parts.get(2) + " by " + (parts.size() > 3 ? parts.get(3) : parts.getFirst());
  }

  /** Some events do several steps at once, and many none. */
  private static List<String> steps(Event event) {
    int kind = Integer.parseInt(event.getEventId().substring(1)) % 9;
    return kind == 6 ? List.of("one", "three") : kind < 4 ? List.of(STEPS.get(kind)) : List.of();
  }

  private static UsageRule.Times times(Random random, int remember) {
    return new UsageRule.Times(
        "use",
        "Uses",
        "product-use",
        Duration.ofSeconds(random.nextInt(15)),
        2 + random.nextInt(8),
        Duration.ofSeconds(remember));
  }

  private static String any(Random random) {
    return IDENTIFIERS.get(random.nextInt(IDENTIFIERS.size()));
  }

  /** Sometimes more than one row of memory; some ids are used by two identifiers. */
  private static List<Event> events(Random random) {
    int most = 2 + random.nextInt(random.nextInt(4) == 0 ? 120 : 40);
    int span = 1 + random.nextInt(90);
    boolean repeatsIds = random.nextInt(4) == 0;
    Map<String, Event> distinct = new TreeMap<>();
    for (int number = 0; number < most; number++) {
      Instant at = NOON.plusSeconds(random.nextInt(span));
      String id = "e" + (repeatsIds ? number / 2 : number);
      Event event = event(any(random), id, "product.used", at, Map.of());
      distinct.put(EventKeys.admission(event), event);
    }
    List<Event> shuffled = new ArrayList<>(distinct.values());
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
