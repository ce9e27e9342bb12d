package io.millrace.stream;

import io.millrace.event.OpenPane;
import io.millrace.rule.EngagementPanes;
import io.millrace.rule.SortableText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The minutes of engagement that are open. Which there are, and when they close, is kept in memory,
 * some 200 bytes for each: it follows from the rows and is gathered from them at the start.
 */
final class OpenPanes {
  static final String PANES = "open-panes";

  /** Of so many the pane itself is in memory as well, about a kilobyte each. */
  private static final int MOST_IN_MEMORY = 20_000;

  private final RecentRows<OpenPane> panes;

  /**
   * The keys of the open panes by when they close: a few times only, as all close with a minute.
   */
  private final NavigableMap<Long, Set<String>> open = new TreeMap<>();

  private long count;

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
  long count() {
    return count;
  }

  Optional<OpenPane> find(String key) {
    Set<String> closing = open.get(closeAt(key));
    // Half of all events open a pane, and the store need not be asked for what is not there.
    return closing == null || !closing.contains(key) ? Optional.empty() : panes.find(key);
  }

  /** Keeps a pane, be it new or grown. */
  void keep(String key, OpenPane pane) {
    panes.put(key, pane);
    note(key);
  }

  /** Forgets a pane before it is due. */
  void remove(String key) {
    panes.remove(key);
    Set<String> closing = open.get(closeAt(key));
    if (closing != null && closing.remove(key)) {
      count--;
      if (closing.isEmpty()) {
        open.remove(closeAt(key));
      }
    }
  }

  /** Takes the panes that have been due longest, in the order of their keys. */
  List<OpenPane> takeDue(long now, int most) {
    List<OpenPane> due = new ArrayList<>();
    while (due.size() < most && !open.isEmpty() && open.firstKey() <= now) {
      Map.Entry<Long, Set<String>> first = open.firstEntry();
      SequencedSet<String> closing = sorted(first);
      while (due.size() < most && !closing.isEmpty()) {
        due.add(Objects.requireNonNull(panes.take(closing.removeFirst())));
        count--;
      }
      if (closing.isEmpty()) {
        open.remove(first.getKey());
      }
    }
    return due;
  }

  /** The keys that close at one time; sorted when the first of them is taken. */
  private SequencedSet<String> sorted(Map.Entry<Long, Set<String>> closing) {
    if (closing.getValue() instanceof TreeSet<String> sorted) {
      return sorted;
    }
    TreeSet<String> sorted = new TreeSet<>(closing.getValue());
    open.put(closing.getKey(), sorted);
    return sorted;
  }

  private void note(String key) {
    if (open.computeIfAbsent(closeAt(key), added -> new HashSet<>()).add(key)) {
      count++;
    }
  }

  private static long closeAt(String key) {
    return SortableText.numberIn(key);
  }
}
