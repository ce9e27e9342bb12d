package io.millrace.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads values of a JSON body that verification needs. Nobody has proved anything yet, so a body is
 * read as a stream: whatever is in it, reading costs one pass, and nothing of it is kept.
 */
final class JsonBody {
  private static final int MAX_DEPTH = 100;

  /**
   * Several times what the largest events have; a body made of nothing but brackets has ten times
   * as many.
   */
  static final int MAX_TOKENS = 200_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // The parser would remember thousands of names for later bodies, whatever their length.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .build())
          .build();
  private static final ObjectMapper JSON =
      JsonMapper.builder(FACTORY)
          // With a repeated key or a second document, the value verified could differ from the one
          // read later.
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A number too large for a double must not become infinity.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonBody() {}

  /**
   * Returns the text or whole number at a path; empty if there is none. A body in which a name of
   * the path occurs twice is refused: the value verified could differ from the one read later.
   */
  static Optional<String> value(byte[] body, String path) {
    try (JsonParser parser = FACTORY.createParser(utf8(body))) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Optional<String> found = find(parser, List.of(path.split("\\.", -1)), path);
      if (parser.nextToken() != null) {
        throw notJson();
      }
      return found.filter(text -> !text.isBlank());
    } catch (IOException unreadable) {
      throw notJson();
    }
  }

  /** Consumes the value that starts at the parser's token, and finds what the names lead to. */
  private static Optional<String> find(JsonParser parser, List<String> names, String path)
      throws IOException {
    if (names.isEmpty()) {
      return scalar(parser, path);
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return Optional.empty();
    }
    boolean seen = false;
    Optional<String> found = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(names.getFirst());
      parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
      } else if (seen) {
        throw new Refusal(
            Reason.MALFORMED,
            "The body has more than one value for " + names.getFirst() + " of " + path);
      } else {
        seen = true;
        found = find(parser, names.subList(1, names.size()), path);
      }
    }
    return found;
  }

  private static Optional<String> scalar(JsonParser parser, String path) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT -> Optional.of(parser.getText());
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT,
          START_ARRAY,
          END_OBJECT,
          END_ARRAY,
          FIELD_NAME,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_NUMBER_FLOAT,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE ->
          throw new Refusal(
              Reason.MALFORMED, "The body field " + path + " is not a text or whole number");
    };
  }

  /**
   * Parses a small object, such as a part of a token; empty if the bytes are anything else. Builds
   * a tree of it, which takes many times its size: the caller limits the size.
   */
  static Optional<ObjectNode> object(byte[] json) {
    try {
      return JSON.readTree(utf8(json)) instanceof ObjectNode fields
          ? Optional.of(fields)
          : Optional.empty();
    } catch (IOException | NumberFormatException unreadable) {
      // An exponent with a dozen digits makes Jackson fail with the latter.
      return Optional.empty();
    }
  }

  /**
   * Returns the bytes of the first element of an array of objects, exactly as received: the only
   * part of a batch that Segment signs.
   */
  static byte[] firstElement(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(utf8(body))) {
      if (parser.nextToken() != JsonToken.START_ARRAY
          || parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Refusal(
            Reason.MALFORMED, "The body is not a JSON array that starts with an object");
      }
      long start = parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      long characters = parser.currentLocation().getCharOffset() - start;
      // Only ASCII comes before the element, so its offset is the same in bytes.
      int first = Math.toIntExact(start);
      return Arrays.copyOfRange(body, first, end(body, first, characters));
    } catch (IOException unreadable) {
      throw notJson();
    }
  }

  /**
   * Returns the bytes of the elements of the list of objects at a path, each exactly as received.
   *
   * @param most more are refused
   */
  static List<byte[]> elements(byte[] body, String path, int most) {
    List<Long> bounds = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(utf8(body))) {
      parser.nextToken();
      bounds(parser, List.of(path.split("\\.", -1)), path, most, bounds);
      if (bounds.isEmpty() || parser.nextToken() != null) {
        throw notAList(path, most);
      }
    } catch (IOException unreadable) {
      throw notJson();
    }
    List<byte[]> elements = new ArrayList<>();
    int at = 0;
    long before = 0;
    for (int each = 0; each < bounds.size(); each += 2) {
      int start = end(body, at, bounds.get(each) - before);
      at = end(body, start, bounds.get(each + 1) - bounds.get(each));
      before = bounds.get(each + 1);
      elements.add(Arrays.copyOfRange(body, start, at));
    }
    return elements;
  }

  /** Consumes a value, and notes where each element of the list starts and ends in characters. */
  private static void bounds(
      JsonParser parser, List<String> names, String path, int most, List<Long> bounds)
      throws IOException {
    if (!names.isEmpty()) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw notAList(path, most);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(names.getFirst());
        parser.nextToken();
        if (!wanted) {
          parser.skipChildren();
        } else if (!bounds.isEmpty()) {
          throw notAList(path, most);
        } else {
          bounds(parser, names.subList(1, names.size()), path, most, bounds);
        }
      }
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw notAList(path, most);
    }
    while (parser.nextToken() == JsonToken.START_OBJECT && bounds.size() < 2 * most) {
      bounds.add(parser.currentTokenLocation().getCharOffset());
      parser.skipChildren();
      bounds.add(parser.currentLocation().getCharOffset());
    }
    if (bounds.isEmpty() || parser.currentToken() != JsonToken.END_ARRAY) {
      throw notAList(path, most);
    }
  }

  private static Refusal notAList(String path, int most) {
    return new Refusal(
        Reason.MALFORMED,
        "The body field %s is not one list of 1 to %d objects".formatted(path, most));
  }

  /** Where as many UTF-16 characters as given end in UTF-8 bytes; the last of them is ASCII. */
  private static int end(byte[] utf8, int start, long characters) {
    int at = start;
    for (long left = characters; left > 0; at++) {
      int lead = utf8[at] & 0xFF;
      boolean continues = (lead & 0xC0) == 0x80;
      left -= continues ? 0 : lead >= 0xF0 ? 2 : 1;
    }
    return at;
  }

  /** Events are always read as UTF-8, so they are verified as UTF-8 too: anything else fails. */
  private static Reader utf8(byte[] json) {
    return new InputStreamReader(
        new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
  }

  private static Refusal notJson() {
    return new Refusal(Reason.MALFORMED, "The body is not valid JSON");
  }
}
