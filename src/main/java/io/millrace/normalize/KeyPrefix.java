package io.millrace.normalize;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.model.EventOrder;
import io.millrace.model.MergedIds;
import io.millrace.normalize.mapping.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of a source apart from those of others: the ids of its records, and those of
 * the records that it merges, begin with its name.
 *
 * <p>Modifies new objects in place, before they are shared: copying them would require Avro to load
 * classes by name, which it does only for trusted packages.
 */
record KeyPrefix(String source) {
  void prefixRecord(Event event) {
    prefix(event.getRecord());
    if (EventOrder.isMerge(event)) {
      event.put("data", merges(event.getData()));
    }
  }

  void prefix(RecordRef record) {
    prefix(record, "id", record.getId());
  }

  void prefix(SpecificRecordBase holder, String field, String key) {
    holder.put(field, prefixed(key));
  }

  private String prefixed(String key) {
    return source + ":" + key;
  }

  private Map<String, @Nullable String> merges(Map<String, @Nullable String> data) {
    Map<String, @Nullable String> prefixed = new HashMap<>(data);
    prefixed.computeIfPresent(MergedIds.LIST, (name, ids) -> list(ids));
    prefixed.computeIfPresent(MergedIds.ONE, (name, id) -> one(id));
    prefixed.computeIfPresent(MergedIds.INTO, (name, id) -> one(id));
    return prefixed;
  }

  private String list(String ids) {
    if (!MergedIds.isList(ids)) {
      return one(ids);
    }
    try {
      List<Json> elements =
          MergedIds.inList(ids).stream().<Json>map(id -> Json.Text.of(prefixed(id))).toList();
      return new Json.Items(elements, Json.Span.NONE).text();
    } catch (IOException unreadable) {
      // The event becomes a dead letter later, with what its sender wrote.
      return ids;
    }
  }

  /** A blank text names no record. */
  private String one(String id) {
    return id.isBlank() ? id : prefixed(id);
  }
}
