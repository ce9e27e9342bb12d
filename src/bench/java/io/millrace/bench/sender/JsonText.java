package io.millrace.bench.sender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Bodies that a sender writes its proof into. */
final class JsonText {
  /** Amounts keep their digits. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private JsonText() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * The body as a mutable object.
   *
   * @throws IllegalArgumentException if it is not an object
   */
  static ObjectNode object(byte[] body) {
    try {
      JsonNode read = MAPPER.readTree(body);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "This provider signs inside the body, which must be a JSON object", unreadable);
    }
    throw new IllegalArgumentException(
        "This provider signs inside the body, which must be a JSON object");
  }

  static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree can always be written", impossible);
    }
  }
}
