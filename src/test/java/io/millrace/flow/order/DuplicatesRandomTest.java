package io.millrace.flow.order;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories of two months against a list of what was delivered, on the stores of production:
 * sources with short and long windows in one partition, ids that are kept for the longest of them,
 * two partitions, edges whose clocks differ by an hour, spools, and dead letters that are replayed
 * early, late, and more than once. To repeat a failure run with -Dseed=SEED.
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
  private static final List<String> SOURCES = List.of("blink", "short", "usual", "patient");
  private static final List<String> PEOPLE = List.of("ann", "bob");
  private static final List<Duration> CLOCKS =
      List.of(Duration.ofMinutes(-30), Duration.ZERO, Duration.ofMinutes(30));

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

  /**
   * What was admitted.
   *
   * @param time of the partition at that moment
   */
  private record Delivered(Event event, Instant time) {}

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
      // How long ids are kept depends on the source with the longest window.
      List<String> sources = SOURCES.subList(0, 1 + random.nextInt(SOURCES.size()));
      List<Passage> history = history(sources, random);
      PEOPLE.forEach(person -> deliver(story, sources, history, person));
    }
  }

  /** Each person is in a partition of their own. */
  private static void deliver(
      String story, List<String> sources, List<Passage> history, String person) {
    List<Delivered> delivered = new ArrayList<>();
    Instant now = NOON;
    try (EngagementFlow flow = flow(sources)) {
      for (Passage passage : history) {
        if (passage.event().getRecord().getId().equals(person)
            && !isRefusedByTheTool(passage, now, delivered)) {
          Instant arrival = passage.event().getReceivedAt();
          now = arrival.isAfter(now) ? arrival : now;
          Outcome outcome = outcome(flow, passage);
          check(story, passage, outcome, delivered);
          if (outcome == Outcome.ADMITTED) {
            delivered.add(new Delivered(passage.event(), now));
          }
        }
      }
    }
  }

  private static void check(
      String story, Passage passage, Outcome outcome, List<Delivered> delivered) {
    String what = "%s: %s".formatted(story, passage);
    switch (outcome) {
      case ADMITTED -> assertThat(copies(passage, delivered, 1)).as(what).isEmpty();
      case DROPPED ->
          assertThat(copies(passage, delivered, 2))
              .as(what)
              .withFailMessage("no copy in %s", delivered)
              .isNotEmpty();
      case TOO_OLD -> {
        assertThat(passage.isLetter()).as(what).isFalse();
        assertThat(passage.age()).as(what).isGreaterThan(Deduplication.OLDEST_DELIVERY);
      }
    }
  }

  /** The copies within a number of reaches; for a letter, all later ones as well. */
  private static List<Delivered> copies(Passage passage, List<Delivered> delivered, int times) {
    Event event = passage.event();
    Duration most = most(event, times);
    Instant first = event.getReceivedAt().minus(most);
    Instant last = passage.isLetter() ? Instant.MAX : event.getReceivedAt().plus(most);
    return delivered.stream()
        .filter(copy -> isCopy(copy.event(), event))
        .filter(copy -> !copy.event().getReceivedAt().isBefore(first))
        .filter(copy -> !copy.event().getReceivedAt().isAfter(last))
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

  /**
   * The command looks at the topics before it replays what the flow may have forgotten. Several
   * people may replay a letter, and none sees the others' replays there yet. But the flow keeps the
   * id of a replay for only a week of the partition's time, which in a quiet partition may go on by
   * more at once; the topics show what was delivered so long before.
   */
  private static boolean isRefusedByTheTool(
      Passage passage, Instant now, List<Delivered> delivered) {
    Instant told = now.minus(Deduplication.OLDEST_DELIVERY);
    return passage.isLetter()
        && passage.age().compareTo(Deduplication.OLDEST_DELIVERY.minusHours(1)) > 0
        && copies(passage, delivered, 1).stream()
            .anyMatch(
                copy ->
                    copy.time().isBefore(told)
                        || !copy.event().getMetadata().equals(passage.event().getMetadata()));
  }

  private static Outcome outcome(EngagementFlow flow, Passage passage) {
    flow.getsHere(passage.event());
    if (!flow.values(Topics.EVENTS_ORDERED).isEmpty()) {
      return Outcome.ADMITTED;
    }
    return flow.values(Topics.EVENTS_DUPLICATE).isEmpty() ? Outcome.TOO_OLD : Outcome.DROPPED;
  }

  private static EngagementFlow flow(List<String> sources) {
    return new EngagementFlow(NOON, new Declared(window(sources.getLast())), StoreKind.ROCKSDB);
  }

  private record Declared(Duration longestDedupe) implements SourceWindows {
    @Override
    public Duration dedupe(String source) {
      return window(source);
    }
  }

  private static Duration window(String source) {
    return Objects.requireNonNull(WINDOWS.get(source), source);
  }

  /** In the order in which it gets here. */
  private static List<Passage> history(List<String> sources, Random random) {
    List<Passage> all = new ArrayList<>();
    int number = 0;
    for (Instant at = NOON; at.isBefore(NOON.plus(LENGTH)); at = at.plus(upTo(HALF_DAY, random))) {
      String source = sources.get(random.nextInt(sources.size()));
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
        Event letter = EngagementEvents.letter(arrived);
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
