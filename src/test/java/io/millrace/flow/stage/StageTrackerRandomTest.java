package io.millrace.flow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.naive.AnnouncedStages;
import io.millrace.flow.naive.NaiveStages;
import io.millrace.flow.naive.RandomStages;
import io.millrace.flow.testing.TestLifecycles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes that stand are those of a naive model, whatever the order of arrival. */
class StageTrackerRandomTest {
  @TempDir private Path directory;
  private Lifecycle small;

  @BeforeEach
  void read() {
    small = TestLifecycles.small(directory);
  }

  @Test
  void standsWithTheSameChangesInEveryOrder() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Event> events = RandomStages.events(random, 1 + random.nextInt(30));
      Map<String, String> expected = NaiveStages.standing(events);
      List<Event> arrivals = new ArrayList<>(events);
      events.stream().filter(event -> random.nextInt(3) == 0).forEach(arrivals::add);

      for (int order = 0; order < 4; order++) {
        Collections.shuffle(arrivals, random);
        assertThat(AnnouncedStages.after(new StageTracker(small), arrivals))
            .as("-Dseed=%d, round %d, %s", seed, round, arrivals)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void standsWithTheSameChangesInEachOfAllOrdersOfAFew() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      List<Event> events = RandomStages.events(random, 5);
      Map<String, String> expected = NaiveStages.standing(events);
      for (List<Event> arrivals : permutations(events)) {
        assertThat(AnnouncedStages.after(new StageTracker(small), arrivals))
            .as("-Dseed=%d, round %d, %s", seed, round, arrivals)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void findsWithAShortMemoryWhatItFindsWithALongOne() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      // Lives much longer than the memory, in which no event is overtaken by more than three.
      List<Event> events = new ArrayList<>(RandomStages.longLives(random, 150));
      for (int from = 0; from + 4 <= events.size(); from += 4) {
        Collections.shuffle(events.subList(from, from + 4), random);
      }

      assertThat(AnnouncedStages.after(new StageTracker(small, 8), events))
          .as("-Dseed=%d, round %d", seed, round)
          .isEqualTo(NaiveStages.standing(events));
    }
  }

  private static List<List<Event>> permutations(List<Event> events) {
    if (events.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Event>> all = new ArrayList<>();
    for (Event first : events) {
      List<Event> rest = new ArrayList<>(events);
      rest.remove(first);
      for (List<Event> tail : permutations(rest)) {
        List<Event> whole = new ArrayList<>(List.of(first));
        whole.addAll(tail);
        all.add(whole);
      }
    }
    return all;
  }
}
