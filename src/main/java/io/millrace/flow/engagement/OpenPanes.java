package io.millrace.flow.engagement;

import io.millrace.event.OpenPane;
import io.millrace.flow.step.DueQueue;
import io.millrace.flow.step.RecentRows;
import io.millrace.model.SortableText;
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

  private final RecentRows<OpenPane> panes;

  private final DueQueue open = new DueQueue();

  OpenPanes(KeyValueStore<String, OpenPane> panes) {
    this(panes, MOST_IN_MEMORY);
  }

  OpenPanes(KeyValueStore<String, OpenPane> panes, int mostInMemory) {
    this.panes = new RecentRows<>(panes, mostInMemory);
    try (KeyValueIterator<String, OpenPane> rows = panes.all()) {
      rows.forEachRemaining(row -> note(row.key));
    }
  }

  /** The key of a place's row; it sorts the same as text and as bytes. */
  static String key(EngagementPanes.Place place) {
    return SortableText.of(place.closeAt().toEpochMilli())
        + SortableText.of(place.start().toEpochMilli())
        + SortableText.escaped(place.person())
        + place.countsOn().map(day -> UNBELIEVABLE + SortableText.of(day.toEpochDay())).orElse("");
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

  private void note(String key) {
    open.add(closeAt(key), key);
  }

  private static long closeAt(String key) {
    return SortableText.numberIn(key);
  }
}
