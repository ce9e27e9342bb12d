package io.millrace.kafka.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A schema as registered: that of the generated class, without the hints for the Java code
 * generator, which mean nothing to other readers and would make it a different schema.
 */
public final class PublishedSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Schema, Schema> PUBLISHED = new ConcurrentHashMap<>();

  private PublishedSchema() {}

  /** The self-contained schema of a topic's values. */
  public static Schema of(Class<? extends SpecificRecord> type) {
    return of(SpecificData.get().getSchema(type));
  }

  static Schema of(Schema generated) {
    return PUBLISHED.computeIfAbsent(generated, PublishedSchema::strip);
  }

  private static Schema strip(Schema generated) {
    try {
      JsonNode stripped = strip(JSON.readTree(generated.toString()));
      return new Schema.Parser().parse(JSON.writeValueAsString(stripped));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", impossible);
    }
  }

  private static JsonNode strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      boolean hinted = object.remove("avro.java.string") != null;
      object.properties().forEach(entry -> entry.setValue(strip(entry.getValue())));
      return hinted && object.size() == 1 ? TextNode.valueOf("string") : object;
    }
    if (node instanceof ArrayNode array) {
      for (int index = 0; index < array.size(); index++) {
        array.set(index, strip(array.get(index)));
      }
    }
    return node;
  }
}
