package io.millrace.flow.step;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of a store's rows by their due time, in memory, about 200 bytes each. It is rebuilt from
 * the rows at the start. Keys with the same due time are sorted only when the first of them is
 * taken, so adding one of many is cheap.
 */
public final class DueQueue {
  private final NavigableMap<Long, Set<String>> keys = new TreeMap<>();
  private int count;

  public int count() {
    return count;
  }

  /** Adds a key that is due at {@code at}, unless it is already present. */
  public void add(long at, String key) {
    if (keys.computeIfAbsent(at, added -> new HashSet<>()).add(key)) {
      count++;
    }
  }

  public boolean contains(long at, String key) {
    Set<String> due = keys.get(at);
    return due != null && due.contains(key);
  }

  /** The times at which keys are due, ascending. */
  public List<Long> dueTimes() {
    return List.copyOf(keys.keySet());
  }

  /** Removes a key before it is due. */
  public void remove(long at, String key) {
    Set<String> due = keys.get(at);
    if (due != null && due.remove(key)) {
      count--;
      if (due.isEmpty()) {
        keys.remove(at);
      }
    }
  }

  /**
   * Takes the key that is longest overdue at {@code now}; keys with the same due time are taken in
   * their order.
   */
  public Optional<String> take(long now) {
    if (keys.isEmpty() || keys.firstKey() > now) {
      return Optional.empty();
    }
    Map.Entry<Long, Set<String>> first = keys.firstEntry();
    SequencedSet<String> due = sorted(first);
    String key = due.removeFirst();
    count--;
    if (due.isEmpty()) {
      keys.remove(first.getKey());
    }
    return Optional.of(key);
  }

  private SequencedSet<String> sorted(Map.Entry<Long, Set<String>> due) {
    if (due.getValue() instanceof TreeSet<String> sorted) {
      return sorted;
    }
    TreeSet<String> sorted = new TreeSet<>(due.getValue());
    keys.put(due.getKey(), sorted);
    return sorted;
  }
}
