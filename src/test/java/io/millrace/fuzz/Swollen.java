package io.millrace.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A JSON body blown up: each list repeated, and long texts around the lists. */
final class Swollen {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LONG = "x".repeat(50_000);

  private Swollen() {}

  /** With long texts beside the lists, and without; none if it is not JSON. */
  static List<byte[]> bodies(byte[] body) {
    try {
      JsonNode root = MAPPER.readTree(body);
      return List.of(
          MAPPER.writeValueAsBytes(swollen(root, 0, true)),
          MAPPER.writeValueAsBytes(swollen(root, 0, false)));
    } catch (IOException notJson) {
      return List.of();
    }
  }

  private static JsonNode swollen(JsonNode node, int lists, boolean texts) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = MAPPER.createArrayNode();
      int times = array.isEmpty() ? 0 : (lists == 0 ? 100 : 3) / array.size();
      for (int time = 0; time <= times; time++) {
        array.forEach(element -> copy.add(swollen(element, lists + 1, texts)));
      }
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = MAPPER.createObjectNode();
      boolean around = texts && lists == 0;
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        JsonNode value = swollen(field.getValue(), lists, texts);
        copy.set(
            field.getKey(),
            around && value.isTextual() ? TextNode.valueOf(value.asText() + LONG) : value);
      }
      return copy;
    }
    return node;
  }
}
