package io.millrace.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JSON body with one of its scalars replaced by a number, for each of them in turn. */
final class Numbers {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Numbers() {}

  /** Bodies with the number, written as it is, in each place; none if it is not JSON. */
  static List<byte[]> everywhere(byte[] body, String number) {
    List<byte[]> bodies = new ArrayList<>();
    JsonNode root = read(body);
    int places = count(root);
    for (int place = 0; place < places; place++) {
      bodies.add(bytes(replaced(root, number, new int[] {place})));
    }
    return bodies;
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode read = MAPPER.readTree(body);
      return read.isContainerNode() ? read : MAPPER.createObjectNode();
    } catch (IOException notJson) {
      return MAPPER.createObjectNode();
    }
  }

  private static int count(JsonNode node) {
    int count = node.isContainerNode() ? 0 : 1;
    for (JsonNode child : node) {
      count += count(child);
    }
    return count;
  }

  /** The same with the scalar replaced that has so many others before it. */
  private static JsonNode replaced(JsonNode node, String number, int[] before) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        copy.set(field.getKey(), replaced(field.getValue(), number, before));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = MAPPER.createArrayNode();
      array.forEach(element -> copy.add(replaced(element, number, before)));
      return copy;
    }
    boolean here = before[0] == 0;
    before[0]--;
    return here ? JsonNodeFactory.instance.rawValueNode(new RawValue(number)) : node;
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
