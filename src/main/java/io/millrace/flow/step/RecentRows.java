package io.millrace.flow.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store with its most recently used rows decoded in memory: reading an existing row from RocksDB
 * takes several microseconds, more than any other part of processing an event. Every write goes to
 * the store at once, so nothing depends on the cache.
 *
 * <p>Only for a store that is read and written by a single step, and created with that step.
 * Callers must not modify the values.
 */
public final class RecentRows<V> {
  private final KeyValueStore<String, V> store;
  private final Map<String, V> recent;

  /**
   * The rows of a store.
   *
   * @param most the most rows to keep in memory
   */
  public RecentRows(KeyValueStore<String, V> store, int most) {
    this.store = store;
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        };
  }

  public Optional<V> find(String key) {
    V known = recent.get(key);
    if (known == null) {
      known = store.get(key);
      if (known != null) {
        recent.put(key, known);
      }
    }
    return Optional.ofNullable(known);
  }

  public void put(String key, V value) {
    store.put(key, value);
    recent.put(key, value);
  }

  /** Uses put, because delete would read the old value. */
  public void remove(String key) {
    store.put(key, null);
    recent.remove(key);
  }

  /** Removes and returns a row; null if there is none. */
  @Nullable
  public V take(String key) {
    V known = recent.remove(key);
    V taken = known == null ? store.get(key) : known;
    store.put(key, null);
    return taken;
  }
}
