package io.millrace.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Nested Avro values as JSON text: times in ISO 8601, bytes in Base64, map keys sorted. */
final class JsonText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonText() {}

  static String of(Schema schema, Object value) {
    try {
      return JSON.writeValueAsString(node(schema, value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A JSON tree could not be written as text", impossible);
    }
  }

  /** PostgreSQL text cannot contain U+0000, which would stop the sink. */
  static String storable(String text) {
    return text.replace('\u0000', '\uFFFD');
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static JsonNode node(Schema schema, @Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    return switch (schema.getType()) {
      case RECORD -> object((GenericRecord) value);
      case ARRAY -> array(schema, (Collection<?>) value);
      case MAP -> map(schema, (Map<?, ?>) value);
      case UNION -> node(branch(schema, value), value);
      case STRING, ENUM -> NODES.textNode(storable(value.toString()));
      case LONG -> number(schema, value);
      case INT -> NODES.numberNode((Integer) value);
      case FLOAT -> NODES.numberNode((Float) value);
      case DOUBLE -> NODES.numberNode((Double) value);
      case BOOLEAN -> NODES.booleanNode((Boolean) value);
      case BYTES -> NODES.binaryNode(bytes((ByteBuffer) value));
      case FIXED -> NODES.binaryNode(((GenericFixed) value).bytes());
      case NULL -> NODES.nullNode();
    };
  }

  private static Schema branch(Schema union, Object value) {
    return union.getTypes().get(GenericData.get().resolveUnion(union, value));
  }

  private static ObjectNode object(GenericRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), node(field.schema(), record.get(field.pos())));
    }
    return object;
  }

  private static ArrayNode array(Schema schema, Collection<?> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(node(schema.getElementType(), value)));
    return array;
  }

  private static ObjectNode map(Schema schema, Map<?, ?> values) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    values.forEach(
        (key, value) -> sorted.put(storable(key.toString()), node(schema.getValueType(), value)));
    return NODES.objectNode().setAll(sorted);
  }

  private static JsonNode number(Schema schema, Object value) {
    if (value instanceof Instant instant) {
      return NODES.textNode(instant.toString());
    }
    long number = (Long) value;
    return ConnectRecords.isTimestamp(schema)
        ? NODES.textNode(Instant.ofEpochMilli(number).toString())
        : NODES.numberNode(number);
  }
}
