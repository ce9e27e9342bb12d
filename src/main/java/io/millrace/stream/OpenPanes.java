package io.millrace.stream;

import io.millrace.event.OpenPane;
import io.millrace.rule.EngagementPanes;
import io.millrace.rule.SortableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The minutes of engagement that are open, under when they close, so that the first rows are those
 * to be closed next and no index is needed.
 */
final class OpenPanes {
  static final String PANES = "open-panes";

  private final KeyValueStore<String, OpenPane> panes;

  /** The last key taken: RocksDB wades through everything deleted since when started before it. */
  private String lowerBound = "";

  /** No pane is due before, so that most events need not look. */
  private long nothingDueBefore = Long.MIN_VALUE;

  OpenPanes(KeyValueStore<String, OpenPane> panes) {
    this.panes = panes;
  }

  /** The row of a place; it sorts the same as text and as bytes. */
  static String key(EngagementPanes.Place place) {
    return SortableText.of(place.closeAt().toEpochMilli())
        + SortableText.of(place.start().toEpochMilli())
        + SortableText.escaped(place.person());
  }

  Optional<OpenPane> find(String key) {
    return Optional.ofNullable(panes.get(key));
  }

  /** Keeps a pane, be it new or grown. */
  void keep(String key, OpenPane pane) {
    panes.put(key, pane);
    lowerBound = key.compareTo(lowerBound) < 0 ? key : lowerBound;
    nothingDueBefore = Math.min(nothingDueBefore, pane.getCloseAt().toEpochMilli());
  }

  /** Forgets a pane before it is due; by a put, as a delete would read it. */
  void remove(String key) {
    panes.put(key, null);
  }

  /** Takes the panes that have been due longest. */
  List<OpenPane> takeDue(long now, int most) {
    if (now < nothingDueBefore) {
      return List.of();
    }
    List<KeyValue<String, OpenPane>> due = new ArrayList<>();
    nothingDueBefore = Long.MAX_VALUE;
    try (KeyValueIterator<String, OpenPane> ahead = panes.range(lowerBound, null)) {
      while (ahead.hasNext() && nothingDueBefore == Long.MAX_VALUE) {
        long closeAt = SortableText.numberIn(ahead.peekNextKey());
        if (due.size() < most && closeAt <= now) {
          due.add(ahead.next());
        } else {
          nothingDueBefore = closeAt;
        }
      }
    }
    due.forEach(entry -> remove(entry.key));
    if (!due.isEmpty()) {
      lowerBound = due.getLast().key;
    }
    return due.stream().map(entry -> entry.value).toList();
  }

  /** How many are open; counts them, so it is for the start only. */
  long count() {
    long count = 0;
    try (KeyValueIterator<String, OpenPane> open = panes.all()) {
      for (; open.hasNext(); open.next()) {
        count++;
      }
    }
    return count;
  }
}
