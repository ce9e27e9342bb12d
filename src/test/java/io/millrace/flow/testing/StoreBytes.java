package io.millrace.flow.testing;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/** Searches the bytes of every store of a topology under test. */
public final class StoreBytes {
  private StoreBytes() {}

  /** The stores with a row whose key or value contains a text. */
  public static Set<String> storesWith(TopologyTestDriver driver, String text) {
    Set<String> found = new TreeSet<>();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (contains(innermost(store), text)) {
                found.add(name);
              }
            });
    return found;
  }

  /** The rows of all stores of key and value, by store; their keys and values as characters. */
  public static Map<String, Map<String, String>> rows(TopologyTestDriver driver) {
    Map<String, Map<String, String>> found = new TreeMap<>();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (innermost(store) instanceof KeyValueStore<?, ?> rows) {
                found.put(name, rows(rows));
              }
            });
    return found;
  }

  @SuppressWarnings("unchecked") // The innermost stores are of bytes.
  private static Map<String, String> rows(KeyValueStore<?, ?> store) {
    Map<String, String> rows = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = ((KeyValueStore<Bytes, byte[]>) store).all()) {
      all.forEachRemaining(
          row ->
              rows.put(
                  new String(row.key.get(), StandardCharsets.UTF_8),
                  new String(row.value, StandardCharsets.ISO_8859_1)));
    }
    return rows;
  }

  private static StateStore innermost(StateStore store) {
    StateStore inner = store;
    while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
      inner = wrapper.wrapped();
    }
    return inner;
  }

  @SuppressWarnings("unchecked") // The innermost stores are of bytes.
  private static boolean contains(StateStore store, String text) {
    if (store instanceof KeyValueStore<?, ?> rows) {
      try (KeyValueIterator<Bytes, byte[]> all = ((KeyValueStore<Bytes, byte[]>) rows).all()) {
        return any(all, text);
      }
    }
    if (store instanceof WindowStore<?, ?> rows) {
      try (var all = ((WindowStore<Bytes, byte[]>) rows).all()) {
        while (all.hasNext()) {
          var row = all.next();
          if (contains(row.key.key().get(), text) || contains(row.value, text)) {
            return true;
          }
        }
        return false;
      }
    }
    throw new IllegalStateException("Nobody can search " + store.getClass());
  }

  private static boolean any(Iterator<KeyValue<Bytes, byte[]>> rows, String text) {
    while (rows.hasNext()) {
      KeyValue<Bytes, byte[]> row = rows.next();
      if (contains(row.key.get(), text) || contains(row.value, text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether bytes contain a text; every byte is a character here. */
  public static boolean contains(byte[] bytes, String text) {
    String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(utf8);
  }
}
