package io.millrace.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the latest entries, each for a limited time; once it is full, the oldest is forgotten.
 * A cache library would not do: it keeps frequently used entries and rejects new ones, and here
 * almost no entry is ever looked up again. Not thread-safe.
 */
final class RecentMemory<K, V> {
  private record Entry<V>(V value, Instant until) {}

  private final int capacity;
  private final Duration lifetime;
  private final Clock clock;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  /**
   * @param capacity the maximum number of entries, at least 1
   * @param lifetime how long each entry is kept after it was put
   */
  RecentMemory(int capacity, Duration lifetime, Clock clock) {
    this.capacity = capacity;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  Optional<V> find(K key) {
    forgetExpired();
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  Optional<V> remove(K key) {
    forgetExpired();
    return Optional.ofNullable(entries.remove(key)).map(Entry::value);
  }

  /** Adds the newest entry; true if another one was dropped for it before it expired. */
  boolean put(K key, V value) {
    forgetExpired();
    entries.remove(key);
    entries.put(key, new Entry<>(value, clock.instant().plus(lifetime)));
    if (entries.size() <= capacity) {
      return false;
    }
    Iterator<K> oldestFirst = entries.keySet().iterator();
    oldestFirst.next();
    oldestFirst.remove();
    return true;
  }

  int size() {
    return entries.size();
  }

  /** Insertion order is the order of expiry, because every put reinserts. */
  private void forgetExpired() {
    Instant now = clock.instant();
    Iterator<Entry<V>> oldestFirst = entries.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().until().isAfter(now)) {
      oldestFirst.remove();
    }
  }
}
