package io.millrace.flow.record;

import io.millrace.model.SystemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Converts visible records to the schema of their topic: every column is filled from the field with
 * its name, all other fields are in {@code fields}. The columns {@code system} and {@code
 * system_id} are the parts of the id.
 */
public final class CrmRecords<V extends SpecificRecord> {
  private static final String ID = "id";
  private static final String FIELDS = "fields";
  private static final String SOURCES = "sources";
  private static final String CREATED_AT = "created_at";
  private static final String UPDATED_AT = "updated_at";
  private static final String SYSTEM = "system";
  private static final String SYSTEM_ID = "system_id";

  /** Columns that a schema may have, and that are not from a field of the record. */
  private static final Set<String> OF_THE_ID = Set.of(SYSTEM, SYSTEM_ID);

  private static final List<String> IN_EVERY_SCHEMA =
      List.of(ID, FIELDS, SOURCES, CREATED_AT, UPDATED_AT);

  private final Supplier<V> empty;
  private final Schema schema;
  private final List<String> columns = new ArrayList<>();
  private final int[] places;

  private CrmRecords(Schema schema, Supplier<V> empty) {
    this.schema = schema;
    this.empty = empty;
    for (String name : IN_EVERY_SCHEMA) {
      if (schema.getField(name) == null) {
        throw new IllegalArgumentException(
            "%s.avsc has no field %s, which every schema of records needs"
                .formatted(schema.getName(), name));
      }
    }
    for (Schema.Field field : schema.getFields()) {
      if (!IN_EVERY_SCHEMA.contains(field.name()) && !OF_THE_ID.contains(field.name())) {
        columns.add(column(field));
      }
    }
    places = columns.stream().mapToInt(this::place).toArray();
  }

  /**
   * The conversion for a topic.
   *
   * @param type the generated class of its values
   * @throws IllegalArgumentException if its schema is not a record schema
   */
  public static <V extends SpecificRecord> CrmRecords<V> of(Class<V> type) {
    Schema schema = SpecificData.get().getSchema(type);
    return new CrmRecords<>(schema, () -> type.cast(SpecificData.newInstance(type, schema)));
  }

  /** Converts a record. */
  public V of(String id, VisibleRecord record) {
    V row = empty.get();
    row.put(place(ID), id);
    SystemId known = SystemId.of(id);
    put(SYSTEM, known.system(), row);
    put(SYSTEM_ID, known.id(), row);
    for (int index = 0; index < places.length; index++) {
      row.put(places[index], record.field(columns.get(index)).orElse(null));
    }
    row.put(place(FIELDS), record.fieldsWithout(columns));
    row.put(place(SOURCES), record.sources());
    row.put(place(CREATED_AT), record.createdAt().orElse(null));
    row.put(place(UPDATED_AT), record.updatedAt());
    return row;
  }

  private void put(String column, String value, V row) {
    if (schema.getField(column) != null) {
      row.put(place(column), value);
    }
  }

  private int place(String name) {
    return schema.getField(name).pos();
  }

  private String column(Schema.Field field) {
    boolean isText =
        field.schema().isNullable()
            && field.schema().getTypes().stream()
                .anyMatch(type -> type.getType() == Schema.Type.STRING);
    if (!isText) {
      throw new IllegalArgumentException(
          "%s.avsc: the field %s must be null or a string, as all columns of records"
              .formatted(schema.getName(), field.name()));
    }
    return field.name();
  }
}
