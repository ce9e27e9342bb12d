package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import io.millrace.event.UsageMemory;
import io.millrace.model.SortableText;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A row for each identifier of a person, next to the memory of a rule with steps. So there are no
 * more rows than identifiers, and no more events in a row than steps.
 */
final class OtherFirstRows implements OtherFirsts {
  private static final char SIGN = '+';
  private static final char AFTER_SIGN = ',';

  private final KeyValueStore<String, UsageMemory> store;
  private final String key;

  /**
   * The rows of a memory.
   *
   * @param key the key of the memory
   */
  OtherFirstRows(KeyValueStore<String, UsageMemory> store, String key) {
    this.store = store;
    this.key = key;
  }

  @Override
  public Map<String, ActivityMark> of(String identifier) {
    UsageMemory row = store.get(rowKey(identifier));
    return row == null ? Map.of() : row.getSteps();
  }

  @Override
  public Map<String, Map<String, ActivityMark>> all() {
    Map<String, Map<String, ActivityMark>> all = new TreeMap<>();
    try (KeyValueIterator<String, UsageMemory> rows = store.range(key + SIGN, key + AFTER_SIGN)) {
      while (rows.hasNext()) {
        KeyValue<String, UsageMemory> row = rows.next();
        String identifier = SortableText.unescaped(row.key.substring(key.length() + 1));
        all.put(identifier, row.value.getSteps());
      }
    }
    return all;
  }

  void keep(String identifier, Map<String, ActivityMark> firsts) {
    store.put(
        rowKey(identifier),
        firsts.isEmpty() ? null : UsageMemory.newBuilder().setSteps(firsts).build());
  }

  private String rowKey(String identifier) {
    return key + SIGN + SortableText.escaped(identifier);
  }
}
