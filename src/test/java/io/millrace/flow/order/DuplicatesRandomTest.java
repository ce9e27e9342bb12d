package io.millrace.flow.order;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.EngagementFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories of two months against a list of what was delivered, on the stores of production:
 * sources with short and long windows in one partition, two partitions, edges whose clocks differ
 * by an hour, spools, and dead letters that are replayed early, late, and more than once. To repeat
 * a failure run with -Dseed=SEED.
 */
final class DuplicatesRandomTest {
  private static final int HISTORIES = 4;
  private static final Duration LENGTH = Duration.ofDays(60);
  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "blink", Duration.ofMillis(1),
          "short", Duration.ofMinutes(10),
          "usual", Duration.ofDays(3),
          "patient", Duration.ofDays(15));
  private static final List<String> SOURCES = WINDOWS.keySet().stream().sorted().toList();
  private static final List<String> PEOPLE = List.of("ann", "bob");
  private static final List<Duration> CLOCKS =
      List.of(Duration.ofMinutes(-30), Duration.ZERO, Duration.ofMinutes(30));
  private static final Attempt FAILURE =
      new Attempt(NOON, "normalize-deliveries", "MISSING_FIELD", "It failed.");

  /**
   * A delivery on its way.
   *
   * @param event as it arrived at an edge
   * @param at when it gets here, by a correct clock
   * @param age how long ago it arrived, by a correct clock
   */
  private record Passage(Event event, Instant at, Duration age) {
    boolean isLetter() {
      return Deduplication.isReplayedLetter(event.getMetadata());
    }
  }

  private enum Outcome {
    ADMITTED,
    DROPPED,
    TOO_OLD
  }

  @Test
  void deliversEachEventOnce() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int number = 0; number < HISTORIES; number++) {
      String story = "-Dseed=%d, history %d".formatted(seed, number);
      List<Passage> history = history(random);
      PEOPLE.forEach(person -> deliver(story, history, person));
    }
  }

  /** Each person is in a partition of their own. */
  private static void deliver(String story, List<Passage> history, String person) {
    List<Passage> delivered = new ArrayList<>();
    try (EngagementFlow flow = flow()) {
      for (Passage passage : history) {
        if (passage.event().getRecord().getId().equals(person)
            && !isRefusedByTheTool(passage, delivered)) {
          check(story, passage, outcome(flow, passage), delivered);
        }
      }
    }
  }

  private static void check(
      String story, Passage passage, Outcome outcome, List<Passage> delivered) {
    String what = "%s: %s".formatted(story, passage);
    switch (outcome) {
      case ADMITTED -> {
        assertThat(copies(passage, delivered, 1)).as(what).isEmpty();
        delivered.add(passage);
      }
      case DROPPED ->
          assertThat(copies(passage, delivered, 2))
              .as(what)
              .withFailMessage("no copy in %s", delivered)
              .satisfiesAnyOf(
                  copies -> assertThat(copies).isNotEmpty(),
                  copies -> assertThat(lateLetters(passage, delivered)).isNotEmpty());
      case TOO_OLD -> {
        assertThat(passage.isLetter()).as(what).isFalse();
        assertThat(passage.age()).as(what).isGreaterThan(Deduplication.OLDEST_DELIVERY);
      }
    }
  }

  /** The copies within a number of reaches; for a letter, all later ones as well. */
  private static List<Event> copies(Passage passage, List<Passage> delivered, int times) {
    Event event = passage.event();
    Duration most = most(event, times);
    Instant first = event.getReceivedAt().minus(most);
    Instant last = passage.isLetter() ? Instant.MAX : event.getReceivedAt().plus(most);
    return delivered.stream()
        .map(Passage::event)
        .filter(copy -> isCopy(copy, event))
        .filter(copy -> !copy.getReceivedAt().isBefore(first))
        .filter(copy -> !copy.getReceivedAt().isAfter(last))
        .toList();
  }

  /** Letters that were replayed once ids of their time were forgotten count from their replay. */
  private static List<Passage> lateLetters(Passage passage, List<Passage> delivered) {
    Instant first = passage.event().getReceivedAt().minus(most(passage.event(), 2));
    return delivered.stream()
        .filter(Passage::isLetter)
        .filter(letter -> isCopy(letter.event(), passage.event()))
        .filter(letter -> !letter.at().isBefore(first))
        .toList();
  }

  private static Duration most(Event event, int times) {
    return window(event.getSource()).plus(Duration.ofHours(1)).multipliedBy(times);
  }

  private static boolean isCopy(Event copy, Event event) {
    return copy.getSource().equals(event.getSource())
        && copy.getEventId().equals(event.getEventId())
        && copy.getRecord().equals(event.getRecord());
  }

  /** The command looks at the topics before it replays what the flow may have forgotten. */
  private static boolean isRefusedByTheTool(Passage passage, List<Passage> delivered) {
    return passage.isLetter()
        && passage.age().compareTo(Deduplication.OLDEST_DELIVERY.minusHours(1)) > 0
        && copies(passage, delivered, 1).stream()
            .anyMatch(copy -> !copy.getMetadata().equals(passage.event().getMetadata()));
  }

  private static Outcome outcome(EngagementFlow flow, Passage passage) {
    flow.getsHere(passage.event());
    if (!flow.values(Topics.EVENTS_ORDERED).isEmpty()) {
      return Outcome.ADMITTED;
    }
    return flow.values(Topics.EVENTS_DUPLICATE).isEmpty() ? Outcome.TOO_OLD : Outcome.DROPPED;
  }

  private static EngagementFlow flow() {
    return new EngagementFlow(NOON, DuplicatesRandomTest::window, StoreKind.ROCKSDB);
  }

  private static Duration window(String source) {
    return WINDOWS.getOrDefault(source, Duration.ofDays(3));
  }

  /** In the order in which it gets here. */
  private static List<Passage> history(Random random) {
    List<Passage> all = new ArrayList<>();
    int number = 0;
    for (Instant at = NOON; at.isBefore(NOON.plus(LENGTH)); at = at.plus(upTo(HALF_DAY, random))) {
      String source = SOURCES.get(random.nextInt(SOURCES.size()));
      String id = "e-" + (random.nextInt(3) == 0 ? random.nextInt(5) : 1_000 + number);
      Duration window = window(source);
      int copies = 1 + random.nextInt(4);
      for (int copy = 0; copy < copies; copy++) {
        // The sender tries again within the window, sometimes at its very end.
        Duration later = random.nextInt(3) == 0 ? window : upTo(window, random);
        String person = PEOPLE.get(random.nextInt(10) / 9);
        Event event = event(source, id, person, number++);
        all.addAll(passages(event, copy == 0 ? at : at.plus(later), random));
      }
    }
    all.sort(Comparator.comparing(Passage::at));
    return all;
  }

  private static final Duration HALF_DAY = Duration.ofHours(12);

  /** At once, out of a spool, or as a dead letter that is replayed once or more. */
  private static List<Passage> passages(Event event, Instant sent, Random random) {
    Instant arrival = sent.plus(CLOCKS.get(random.nextInt(CLOCKS.size())));
    Event arrived = EngagementEvents.arrived(event, arrival);
    return switch (random.nextInt(8)) {
      case 0, 1 -> List.of(passage(arrived, sent, upTo(Deduplication.OLDEST_DELIVERY, random)));
      case 2 -> List.of(passage(arrived, sent, upTo(Duration.ofDays(40), random)));
      case 3, 4 -> {
        Event letter = letter(arrived);
        Duration age = upTo(Duration.ofDays(random.nextBoolean() ? 8 : 30), random);
        List<Passage> replays = new ArrayList<>();
        for (int times = 0; times <= random.nextInt(3); times++) {
          replays.add(passage(letter, sent, age.plus(upTo(HALF_DAY, random).multipliedBy(times))));
        }
        yield replays;
      }
      default -> List.of(passage(arrived, sent, Duration.ZERO));
    };
  }

  private static Passage passage(Event event, Instant sent, Duration age) {
    return new Passage(event, sent.plus(age), age);
  }

  private static Event letter(Event event) {
    return Event.newBuilder(event)
        .setMetadata(
            EventMetadata.newBuilder(event.getMetadata())
                .setReplay(1)
                .setAttempts(List.of(FAILURE))
                .build())
        .build();
  }

  private static Event event(String source, String id, String person, int number) {
    Event event = EngagementEvents.event(person, id, "page.viewed", NOON, Map.of());
    EventMetadata metadata =
        EventMetadata.newBuilder(event.getMetadata())
            .setLineage(new Lineage("delivery-" + number, 0, (long) number, 0))
            .build();
    return Event.newBuilder(event).setSource(source).setMetadata(metadata).build();
  }

  private static Duration upTo(Duration most, Random random) {
    return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }
}
