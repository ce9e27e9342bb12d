package io.millrace.flow.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store of which the rows that were used last are in memory as well, decoded: reading a row that
 * is there costs RocksDB several microseconds, more than anything else an event costs. Every write
 * goes to the store at once, so nothing depends on what is in memory.
 *
 * <p>For a store that one step alone reads and writes, made anew with that step. What comes out is
 * not to be changed.
 */
public final class RecentRows<V> {
  private final KeyValueStore<String, V> store;
  private final Map<String, V> recent;

  /**
   * The rows of a store.
   *
   * @param most how many are in memory at most
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

  /** By a put, as a delete would read what is there. */
  public void remove(String key) {
    store.put(key, null);
    recent.remove(key);
  }

  /** Takes a row out; null if there is none. */
  @Nullable
  public V take(String key) {
    V known = recent.remove(key);
    V taken = known == null ? store.get(key) : known;
    store.put(key, null);
    return taken;
  }
}
