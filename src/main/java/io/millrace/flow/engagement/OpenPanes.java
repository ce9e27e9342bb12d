package io.millrace.flow.engagement;

import io.millrace.event.OpenPane;
import io.millrace.flow.step.DueQueue;
import io.millrace.flow.step.RecentRows;
import io.millrace.model.SortableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The open minutes of engagement. The list of panes and their closing times is kept in memory. */
public final class OpenPanes {
  public static final String PANES = "open-panes";

  /** How many panes are kept in memory as well, about a kilobyte each. */
  private static final int MOST_IN_MEMORY = 20_000;

  /** Not part of any escaped text. */
  private static final String UNBELIEVABLE = "%%";

  /** Not part of any escaped text either. */
  private static final char SEPARATOR = ' ';

  /** After every time. */
  private static final String END = "g";

  private final KeyValueStore<String, OpenPane> rows;
  private final RecentRows<OpenPane> panes;

  private final DueQueue open = new DueQueue();

  OpenPanes(KeyValueStore<String, OpenPane> panes) {
    this(panes, MOST_IN_MEMORY);
  }

  OpenPanes(KeyValueStore<String, OpenPane> panes, int mostInMemory) {
    this.rows = panes;
    this.panes = new RecentRows<>(panes, mostInMemory);
    try (KeyValueIterator<String, OpenPane> open = panes.all()) {
      open.forEachRemaining(row -> note(row.key));
    }
  }

  /** The key of a place's row; it sorts the same as text and as bytes. */
  static String key(EngagementPanes.Place place) {
    return key(place.closeAt().toEpochMilli(), place.person(), place.identifier())
        + SortableText.of(place.start().toEpochMilli())
        + place.countsOn().map(day -> UNBELIEVABLE + SortableText.of(day.toEpochDay())).orElse("");
  }

  /** The start of all keys of an identifier; that of the person's own identifier is left out. */
  private static String key(long closeAt, String person, String identifier) {
    return SortableText.of(closeAt)
        + SortableText.escaped(person)
        + SEPARATOR
        + (identifier.equals(person) ? "" : SortableText.escaped(identifier))
        + SEPARATOR;
  }

  int count() {
    return open.count();
  }

  Optional<OpenPane> find(String key) {
    // Half of all events open a pane, so the store is not asked for panes that do not exist.
    return open.contains(closeAt(key), key) ? panes.find(key) : Optional.empty();
  }

  /** Stores a new or changed pane. */
  void keep(String key, OpenPane pane) {
    panes.put(key, pane);
    note(key);
  }

  /** Removes a pane before it is due. */
  void remove(String key) {
    panes.remove(key);
    open.remove(closeAt(key), key);
  }

  /** Takes the pane that is longest overdue, in key order. */
  Optional<OpenPane> takeDue(long now) {
    return open.take(now).map(key -> Objects.requireNonNull(panes.take(key)));
  }

  /**
   * Takes all panes of an identifier of a person, in key order. All panes together close at a few
   * different times, and only those of the identifier are read for each.
   */
  List<OpenPane> takeAll(String person, String identifier) {
    List<String> keys = new ArrayList<>();
    for (long closeAt : open.dueTimes()) {
      String prefix = key(closeAt, person, identifier);
      try (KeyValueIterator<String, OpenPane> found = rows.range(prefix, prefix + END)) {
        found.forEachRemaining(row -> keys.add(row.key));
      }
    }
    return keys.stream()
        .map(
            key -> {
              open.remove(closeAt(key), key);
              return Objects.requireNonNull(panes.take(key));
            })
        .toList();
  }

  private void note(String key) {
    open.add(closeAt(key), key);
  }

  private static long closeAt(String key) {
    return SortableText.numberIn(key);
  }
}
