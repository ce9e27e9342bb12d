package io.millrace.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what was put into it last, each for a while; once it is full, the oldest is forgotten.
 * Not a cache library's: those keep what is asked for often and turn down the newcomer, and here
 * almost nothing is ever asked for again. Not safe for use by many threads.
 */
final class RecentMemory<K, V> {
  private record Entry<V>(V value, Instant until) {}

  private final int capacity;
  private final Duration lifetime;
  private final Clock clock;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  /**
   * @param capacity how many it holds, at least 1
   * @param lifetime how long each is held after it was put
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

  /** Puts it in as the newest; true if another had to go for it before its time. */
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

  /** Insertion order is order of expiry, because every put inserts anew. */
  private void forgetExpired() {
    Instant now = clock.instant();
    Iterator<Entry<V>> oldestFirst = entries.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().until().isAfter(now)) {
      oldestFirst.remove();
    }
  }
}
