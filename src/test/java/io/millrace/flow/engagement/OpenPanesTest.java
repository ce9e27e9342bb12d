package io.millrace.flow.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.OpenPane;
import io.millrace.flow.testing.MapStore;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against one sorted map, whatever is in memory and whenever the process ends. */
final class OpenPanesTest {
  private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
  private static final int STEPS = 20_000;

  private final MapStore<OpenPane> store = new MapStore<>(OpenPanes.PANES);
  private final TreeMap<String, OpenPane> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1_000})
  void holdsWhatASortedMapWouldHold(int inMemory) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    OpenPanes panes = new OpenPanes(store, inMemory);
    Instant now = START;
    for (int step = 0; step < STEPS; step++) {
      String key = key(random, now);
      switch (random.nextInt(12)) {
        case 0 -> now = now.plusSeconds(random.nextInt(90));
        case 1 -> panes = new OpenPanes(store, inMemory);
        case 2 -> {
          panes.remove(key);
          model.remove(key);
        }
        case 3, 4 -> {
          int most = 1 + random.nextInt(20);
          assertThat(takeDue(panes, now, most)).as("seed %d", seed).isEqualTo(takeDue(now, most));
        }
        default -> {
          assertThat(panes.find(key))
              .as("seed %d", seed)
              .isEqualTo(Optional.ofNullable(model.get(key)));
          OpenPane pane = pane(key, step);
          panes.keep(key, pane);
          model.put(key, pane);
        }
      }
      assertThat(panes.count()).as("seed %d", seed).isEqualTo(model.size());
    }
    assertThat(store.rows()).as("seed %d", seed).isEqualTo(model);
  }

  private static List<OpenPane> takeDue(OpenPanes panes, Instant now, int most) {
    return Stream.generate(() -> panes.takeDue(now.toEpochMilli()))
        .limit(most)
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .toList();
  }

  private List<OpenPane> takeDue(Instant now, int most) {
    List<Map.Entry<String, OpenPane>> due =
        model.entrySet().stream()
            .filter(entry -> !entry.getValue().getCloseAt().isAfter(now))
            .limit(most)
            .toList();
    due.forEach(entry -> model.remove(entry.getKey()));
    return due.stream().map(Map.Entry::getValue).toList();
  }

  /** Also of minutes that are due already. */
  private static String key(Random random, Instant now) {
    Instant closeAt =
        now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60L * (random.nextInt(4) - 1));
    Instant start = closeAt.minusSeconds(60L * (1 + random.nextInt(2)));
    return OpenPanes.key(
        new EngagementPanes.Place(
            "person " + random.nextInt(40), start, closeAt, Optional.empty()));
  }

  private static OpenPane pane(String key, long events) {
    Instant closeAt = Instant.ofEpochMilli(SortableText.numberIn(key));
    EngagementBatch batch =
        new EngagementBatch(
            key, "", closeAt, closeAt, false, events, Map.of(), Map.of(), List.of(), START, START);
    return new OpenPane(batch, closeAt, START, START);
  }
}
