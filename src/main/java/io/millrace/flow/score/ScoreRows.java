package io.millrace.flow.score;

import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of a person's score: one under the person, and one under {@code person/identifier} for
 * each other identifier. Ids contain no slash.
 */
final class ScoreRows {
  private static final char SEPARATOR = '/';

  /** The character after the separator. */
  private static final char END = SEPARATOR + 1;

  private final KeyValueStore<String, ScoreMemory> store;

  ScoreRows(KeyValueStore<String, ScoreMemory> store) {
    this.store = store;
  }

  Optional<ScoreMemory> person(String person) {
    return Optional.ofNullable(store.get(person));
  }

  /** The part of another identifier than the person's own. */
  Optional<ScorePart> part(String person, String identifier) {
    return Optional.ofNullable(store.get(person + SEPARATOR + identifier)).map(ScoreRows::part);
  }

  /** The parts of all other identifiers but one. */
  List<ScorePart> partsWithout(String person, String identifier) {
    List<ScorePart> parts = new ArrayList<>();
    String prefix = person + SEPARATOR;
    try (KeyValueIterator<String, ScoreMemory> rows = store.range(prefix, person + END)) {
      while (rows.hasNext()) {
        KeyValue<String, ScoreMemory> row = rows.next();
        if (row.key.startsWith(prefix) && !row.key.equals(prefix + identifier)) {
          parts.add(part(row.value));
        }
      }
    }
    return parts;
  }

  /** Keeps what is left of a person; without anything to remember the row is removed. */
  void keep(String person, ScoreMemory memory) {
    boolean isEmpty = memory.getAsOf().isEmpty() && memory.getThresholds().isEmpty();
    store.put(person, isEmpty ? null : memory);
  }

  /** Removes the row of a person without behaviour: also which thresholds were reached. */
  void removeIfEmpty(String person) {
    if (person(person).filter(memory -> memory.getAsOf().isEmpty()).isPresent()) {
      store.put(person, null);
    }
  }

  /** Keeps or removes the part of another identifier than the person's own. */
  void keepPart(String person, String identifier, Optional<ScorePart> part) {
    store.put(person + SEPARATOR + identifier, part.map(ScoreRows::row).orElse(null));
  }

  private static ScorePart part(ScoreMemory row) {
    return new ScorePart(row.getCounts(), row.getAsOf().orElse(null), Map.of());
  }

  private static ScoreMemory row(ScorePart part) {
    return ScoreMemory.newBuilder()
        .setCounts(part.getCounts())
        .setAsOf(part.getAsOf().orElse(null))
        .setScore(0)
        .build();
  }
}
