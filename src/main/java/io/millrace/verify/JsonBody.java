package io.millrace.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads values of a JSON body that verification needs. */
final class JsonBody {
  // With a repeated key or a second document, the value verified could differ from the one read
  // later.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Events are always read as UTF-8, so they are verified as UTF-8 too.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();
  private static final ObjectMapper JSON =
      JsonMapper.builder(FACTORY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A number too large for a double must not become infinity.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonBody() {}

  /** Returns the text or whole number at a path; empty if there is none. */
  static Optional<String> value(byte[] body, String path) {
    JsonNode node = parse(body);
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw new Refusal(
          Reason.MALFORMED, "The body field " + path + " is not a text or whole number");
    }
    return Optional.of(node.asText()).filter(text -> !text.isBlank());
  }

  /** Parses an object; empty if the bytes are anything else. */
  static Optional<ObjectNode> object(byte[] json) {
    try {
      return read(json) instanceof ObjectNode fields ? Optional.of(fields) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Returns the bytes of the first element of an array of objects, exactly as received: the only
   * part of a batch that Segment signs.
   */
  static byte[] firstElement(byte[] body) {
    try (JsonParser parser = JSON.getFactory().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY
          || parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Refusal(
            Reason.MALFORMED, "The body is not a JSON array that starts with an object");
      }
      long start = parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      long end = parser.currentLocation().getByteOffset();
      if (start < 0 || end <= start) {
        throw new Refusal(Reason.MALFORMED, "The body is not UTF-8");
      }
      return Arrays.copyOfRange(body, Math.toIntExact(start), Math.toIntExact(end));
    } catch (IOException unreadable) {
      throw notJson();
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return read(body);
    } catch (IOException unreadable) {
      throw notJson();
    }
  }

  /** An exponent with a dozen digits makes Jackson fail with another kind of exception. */
  private static JsonNode read(byte[] json) throws IOException {
    try {
      return JSON.readTree(json);
    } catch (NumberFormatException beyondAllNumbers) {
      throw new IOException(beyondAllNumbers);
    }
  }

  private static Refusal notJson() {
    return new Refusal(Reason.MALFORMED, "The body is not valid JSON");
  }
}
