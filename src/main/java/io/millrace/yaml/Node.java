package io.millrace.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A node of a YAML file with its line, so that a fault can refer to it. */
sealed interface Node {
  int line();

  /** The same as a plain tree. */
  JsonNode toJson();

  /**
   * A value.
   *
   * @param text as the file writes it, so that 1.10 is not 1.1 and no is not false; empty for null
   */
  record Scalar(JsonNode value, String text, int line) implements Node {
    @Override
    public JsonNode toJson() {
      return value;
    }
  }

  /** A list. */
  record Sequence(List<Node> items, int line) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public JsonNode toJson() {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(item.toJson()));
      return array;
    }
  }

  /** Keys and their values, in the order of the file. */
  record Mapping(Map<String, Node> entries, int line) implements Node {
    @Override
    public JsonNode toJson() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      entries.forEach((key, value) -> object.set(key, value.toJson()));
      return object;
    }
  }
}
