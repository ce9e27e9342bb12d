package io.millrace.stream;

import io.millrace.event.OpenPane;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The minutes of engagement that are open, and in which order they are to be closed. */
final class OpenPanes {
  static final String PANES = "open-panes";
  static final String DUE = "pane-due";

  private static final int TIME_LENGTH = 16;
  private static final String END = HexFormat.of().toHexDigits(Long.MAX_VALUE);

  private final KeyValueStore<String, OpenPane> panes;
  private final KeyValueStore<String, String> due;

  /** The last key taken: RocksDB wades through everything deleted since when started before it. */
  private String lowerBound = "";

  /** No pane is due before, so that most events need not look. */
  private long nothingDueBefore = Long.MIN_VALUE;

  OpenPanes(KeyValueStore<String, OpenPane> panes, KeyValueStore<String, String> due) {
    this.panes = panes;
    this.due = due;
  }

  Optional<OpenPane> find(String key) {
    return Optional.ofNullable(panes.get(key));
  }

  /** Keeps a pane that is new. */
  void open(String key, OpenPane pane) {
    long closeAt = pane.getCloseAt().toEpochMilli();
    due.put(dueKey(closeAt, key), key);
    panes.put(key, pane);
    nothingDueBefore = Math.min(nothingDueBefore, closeAt);
  }

  /** Keeps a pane that has grown; when it closes was settled when it was opened. */
  void grow(String key, OpenPane pane) {
    panes.put(key, pane);
  }

  /** Forgets a pane before it is due. */
  void remove(String key, OpenPane pane) {
    due.delete(dueKey(pane.getCloseAt().toEpochMilli(), key));
    panes.delete(key);
  }

  /** Takes the panes that have been due longest. */
  List<OpenPane> takeDue(long now, int most) {
    if (now < nothingDueBefore) {
      return List.of();
    }
    List<KeyValue<String, String>> entries = new ArrayList<>();
    nothingDueBefore = Long.MAX_VALUE;
    try (KeyValueIterator<String, String> ahead = due.range(lowerBound, END)) {
      while (ahead.hasNext() && nothingDueBefore == Long.MAX_VALUE) {
        KeyValue<String, String> entry = ahead.next();
        if (entries.size() < most && closeAt(entry.key) <= now) {
          entries.add(entry);
        } else {
          nothingDueBefore = closeAt(entry.key);
        }
      }
    }
    return entries.stream().map(this::take).toList();
  }

  /** How many are open; counts them, so it is for the start only. */
  long count() {
    long count = 0;
    try (KeyValueIterator<String, String> entries = due.all()) {
      while (entries.hasNext()) {
        entries.next();
        count++;
      }
    }
    return count;
  }

  private OpenPane take(KeyValue<String, String> entry) {
    lowerBound = entry.key;
    due.delete(entry.key);
    return panes.delete(entry.value);
  }

  private static String dueKey(long closeAt, String key) {
    return HexFormat.of().toHexDigits(closeAt) + "|" + key;
  }

  private static long closeAt(String dueKey) {
    return HexFormat.fromHexDigitsToLong(dueKey, 0, TIME_LENGTH);
  }
}
