package io.millrace.model;

import io.millrace.event.Event;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The size of an event, so that nothing is sent to a topic that would reject it. */
public final class EventSize {
  /**
   * The largest event or record state, in characters: in UTF-8 it stays below the 8 MiB that every
   * topic accepts.
   */
  public static final long MAX_CHARACTERS = 2_000_000;

  /** The longest id, key or type, in characters: they end up in keys of topics and stores. */
  public static final int MAX_NAME = 512;

  private EventSize() {}

  /** Characters in the parts of an event that its sender controls. */
  public static long of(Event event) {
    return of(event.getData()) + of(event.getPrevious());
  }

  /** Characters in all texts of a record, at any depth. */
  public static long of(SpecificRecord record) {
    return ofAny(record);
  }

  private static long ofAny(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case CharSequence text -> text.length();
      case Map<?, ?> map -> ofAll(map);
      case Collection<?> elements -> ofAll(elements);
      case IndexedRecord record -> ofFields(record);
      default -> 0;
    };
  }

  private static long ofFields(IndexedRecord record) {
    long size = 0;
    for (int field = record.getSchema().getFields().size() - 1; field >= 0; field--) {
      size += ofAny(record.get(field));
    }
    return size;
  }

  private static long ofAll(Map<?, ?> map) {
    long size = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      size += ofAny(entry.getKey()) + ofAny(entry.getValue());
    }
    return size;
  }

  private static long ofAll(Collection<?> values) {
    long size = 0;
    for (Object value : values) {
      size += ofAny(value);
    }
    return size;
  }

  private static long of(Map<String, String> values) {
    long size = 0;
    for (Map.Entry<String, String> value : values.entrySet()) {
      size += value.getKey().length();
      size += value.getValue() == null ? 0 : value.getValue().length();
    }
    return size;
  }
}
