package io.millrace.flow.engagement;

import io.millrace.event.OpenPane;
import io.millrace.flow.step.DueQueue;
import io.millrace.flow.step.RecentRows;
import io.millrace.model.SortableText;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The minutes of engagement that are open. Which there are, and when they close, is kept in memory.
 */
public final class OpenPanes {
  public static final String PANES = "open-panes";

  /** Of so many the pane itself is in memory as well, about a kilobyte each. */
  private static final int MOST_IN_MEMORY = 20_000;

  private final RecentRows<OpenPane> panes;

  private final DueQueue open = new DueQueue();

  /** Reads all rows. */
  OpenPanes(KeyValueStore<String, OpenPane> panes) {
    this(panes, MOST_IN_MEMORY);
  }

  OpenPanes(KeyValueStore<String, OpenPane> panes, int mostInMemory) {
    this.panes = new RecentRows<>(panes, mostInMemory);
    try (KeyValueIterator<String, OpenPane> rows = panes.all()) {
      rows.forEachRemaining(row -> note(row.key));
    }
  }

  /** The row of a place; it sorts the same as text and as bytes. */
  static String key(EngagementPanes.Place place) {
    return SortableText.of(place.closeAt().toEpochMilli())
        + SortableText.of(place.start().toEpochMilli())
        + SortableText.escaped(place.person());
  }

  /** How many are open. */
  int count() {
    return open.count();
  }

  Optional<OpenPane> find(String key) {
    // Half of all events open a pane, and the store need not be asked for what is not there.
    return open.contains(closeAt(key), key) ? panes.find(key) : Optional.empty();
  }

  /** Keeps a pane, be it new or grown. */
  void keep(String key, OpenPane pane) {
    panes.put(key, pane);
    note(key);
  }

  /** Forgets a pane before it is due. */
  void remove(String key) {
    panes.remove(key);
    open.remove(closeAt(key), key);
  }

  /** Takes the pane that has been due longest, in the order of their keys. */
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
