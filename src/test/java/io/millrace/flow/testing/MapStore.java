package io.millrace.flow.testing;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store that outlives the step that uses it, and counts the rows it was asked for. */
public final class MapStore<V> implements KeyValueStore<String, V> {
  private final String name;
  private final TreeMap<String, V> rows = new TreeMap<>();
  private long rowsRead;

  public MapStore(String name) {
    this.name = name;
  }

  /** How many rows were read or looked for. */
  public long rowsRead() {
    return rowsRead;
  }

  public Map<String, V> rows() {
    return rows;
  }

  @Override
  public @Nullable V get(String key) {
    rowsRead++;
    return rows.get(key);
  }

  @Override
  public void put(String key, @Nullable V value) {
    if (value == null) {
      rows.remove(key);
    } else {
      rows.put(key, value);
    }
  }

  @Override
  public @Nullable V delete(String key) {
    return rows.remove(key);
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    return rows.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<String, V>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public KeyValueIterator<String, V> range(String from, @Nullable String to) {
    return new Rows(to == null ? rows.tailMap(from, true) : rows.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<String, V> reverseRange(String from, String to) {
    return new Rows(rows.subMap(from, true, to, true).descendingMap());
  }

  @Override
  public KeyValueIterator<String, V> all() {
    return new Rows(rows);
  }

  @Override
  public long approximateNumEntries() {
    return rows.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** Nothing changes the store while it is iterated over: the step collects first. */
  private final class Rows implements KeyValueIterator<String, V> {
    private final Iterator<Map.Entry<String, V>> entries;
    private Optional<KeyValue<String, V>> next = Optional.empty();

    Rows(Map<String, V> source) {
      entries = source.entrySet().iterator();
      advance();
    }

    private void advance() {
      rowsRead++;
      next =
          entries.hasNext()
              ? Optional.of(entries.next()).map(row -> new KeyValue<>(row.getKey(), row.getValue()))
              : Optional.empty();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public String peekNextKey() {
      return next.orElseThrow().key;
    }

    @Override
    public KeyValue<String, V> next() {
      KeyValue<String, V> row = next.orElseThrow();
      advance();
      return row;
    }

    @Override
    public void close() {}
  }
}
