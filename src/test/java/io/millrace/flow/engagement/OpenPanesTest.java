package io.millrace.flow.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.OpenPane;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.testing.MapStore;
import java.time.Instant;
import java.time.LocalDate;
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
      EngagementPanes.Place place = place(random, now);
      String key = OpenPanes.key(place);
      switch (random.nextInt(13)) {
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
        case 5 ->
            assertThat(panes.takeAll(place.person(), place.identifier()))
                .as("seed %d", seed)
                .isEqualTo(takeAll(place));
        default -> {
          assertThat(panes.find(key))
              .as("seed %d", seed)
              .isEqualTo(Optional.ofNullable(model.get(key)));
          OpenPane pane = pane(place, step);
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

  private List<OpenPane> takeAll(EngagementPanes.Place place) {
    List<OpenPane> taken =
        model.values().stream()
            .filter(pane -> pane.getBatch().getPerson().equals(place.person()))
            .filter(pane -> pane.getBatch().getIdentifier().equals(place.identifier()))
            .toList();
    model.values().removeAll(taken);
    return taken;
  }

  /** Also of minutes that are due already; people and identifiers begin like others. */
  private static EngagementPanes.Place place(Random random, Instant now) {
    Instant closeAt =
        now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60L * (random.nextInt(4) - 1));
    Instant start = closeAt.minusSeconds(60L * (1 + random.nextInt(2)));
    String person = "p%d ".formatted(random.nextInt(20)).substring(0, 2 + random.nextInt(2));
    String identifier = random.nextBoolean() ? person : "p" + random.nextInt(20);
    Optional<LocalDate> countsOn =
        random.nextInt(5) == 0 ? Optional.of(ScoreInput.day(start)) : Optional.empty();
    return new EngagementPanes.Place(person, identifier, start, closeAt, countsOn);
  }

  private static OpenPane pane(EngagementPanes.Place place, long events) {
    EngagementBatch batch =
        new EngagementBatch(
            OpenPanes.key(place),
            place.person(),
            place.identifier(),
            place.start(),
            place.closeAt(),
            false,
            events,
            Map.of(),
            Map.of(),
            List.of(),
            START,
            START);
    return new OpenPane(batch, place.closeAt(), START, START);
  }
}
