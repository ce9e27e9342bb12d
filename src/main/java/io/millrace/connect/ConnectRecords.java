package io.millrace.connect;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Converts Avro records to Connect's, as flat rows. Values that do not fit a column (records,
 * lists, maps) become JSON text, marked so that the sink creates a JSON column.
 */
final class ConnectRecords {
  /** Debezium's name for JSON text. */
  static final String JSON = "io.debezium.data.Json";

  /** Debezium's name for a column's original type; the sink uses the same type. */
  static final String COLUMN_TYPE = "__debezium.source.column.type";

  private final Map<org.apache.avro.Schema, Schema> schemas = new ConcurrentHashMap<>();

  SchemaAndValue convert(GenericRecord record) {
    Schema schema = schemas.computeIfAbsent(record.getSchema(), ConnectRecords::row);
    Struct row = new Struct(schema);
    for (org.apache.avro.Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        row.put(field.name(), column(core(field.schema()), value));
      }
    }
    return new SchemaAndValue(schema, row);
  }

  private static Schema row(org.apache.avro.Schema record) {
    SchemaBuilder row = SchemaBuilder.struct().name(record.getFullName());
    for (org.apache.avro.Schema.Field field : record.getFields()) {
      SchemaBuilder column = column(core(field.schema()));
      if (field.schema().isNullable()) {
        column.optional();
      }
      row.field(field.name(), column.build());
    }
    return row.build();
  }

  private static SchemaBuilder column(org.apache.avro.Schema schema) {
    return switch (schema.getType()) {
      case STRING, ENUM -> SchemaBuilder.string();
      case INT -> SchemaBuilder.int32();
      case LONG -> isTimestamp(schema) ? Timestamp.builder() : SchemaBuilder.int64();
      case FLOAT -> SchemaBuilder.float32();
      case DOUBLE -> SchemaBuilder.float64();
      case BOOLEAN -> SchemaBuilder.bool();
      case BYTES, FIXED -> SchemaBuilder.bytes();
      case RECORD, ARRAY, MAP, UNION, NULL ->
          SchemaBuilder.string().name(JSON).parameter(COLUMN_TYPE, "JSONB");
    };
  }

  private static @Nullable Object column(org.apache.avro.Schema schema, Object value) {
    return switch (schema.getType()) {
      case STRING, ENUM -> JsonText.storable(value.toString());
      case LONG -> isTimestamp(schema) ? timestamp(value) : value;
      case BYTES -> ByteBuffer.wrap(JsonText.bytes((ByteBuffer) value));
      case FIXED -> ((GenericFixed) value).bytes();
      case INT, FLOAT, DOUBLE, BOOLEAN -> value;
      case RECORD, ARRAY, MAP, UNION, NULL -> JsonText.of(schema, value);
    };
  }

  private static Object timestamp(Object value) {
    long millis = value instanceof Instant instant ? instant.toEpochMilli() : (Long) value;
    return Timestamp.toLogical(Timestamp.SCHEMA, millis);
  }

  static boolean isTimestamp(org.apache.avro.Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }

  /** The type in a union of null and one type; any other schema unchanged. */
  static org.apache.avro.Schema core(org.apache.avro.Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<org.apache.avro.Schema> others =
        schema.getTypes().stream()
            .filter(type -> type.getType() != org.apache.avro.Schema.Type.NULL)
            .toList();
    return Optional.of(others).filter(one -> one.size() == 1).map(List::getFirst).orElse(schema);
  }
}
