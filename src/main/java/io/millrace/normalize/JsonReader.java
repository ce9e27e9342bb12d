package io.millrace.normalize;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.model.Reason;
import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads strict JSON in UTF-8 into a {@link Json} that knows the bytes of each of its values. */
public final class JsonReader {
  /** Deeper than any provider nests; limits the recursion here and in later readers. */
  static final int MAX_DEPTH = 100;

  /** No provider has longer names; a body that has them is read all the same, just more slowly. */
  private static final int LONGEST_SHARED_NAME = 128;

  /**
   * Remembers thousands of names for later bodies, which makes reading faster. The names come from
   * senders and stay in memory, so only short ones are remembered.
   */
  private static final JsonFactory SHARED = factory(LONGEST_SHARED_NAME);

  private JsonReader() {}

  private static JsonFactory factory(int longestName) {
    return JsonFactory.builder()
        // UTF-8 only: with detection enabled, a body full of NUL bytes is read as UTF-16.
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        // Property names come from the sender: interned, they would stay in memory permanently.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(longestName)
                .maxStringLength(Integer.MAX_VALUE)
                .build())
        .build();
  }

  /**
   * Reads exactly one JSON value.
   *
   * @throws RefusedException UNREADABLE_BODY when the bytes are not one JSON value in valid UTF-8,
   *     or nested deeper than {@link #MAX_DEPTH}
   */
  public static Json read(byte[] json) throws RefusedException {
    requireUtf8(json);
    try {
      return read(json, SHARED);
    } catch (StreamConstraintsException longName) {
      return readAlone(json);
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  /** With a memory of names of its own, which ends with it. */
  private static Json readAlone(byte[] json) throws RefusedException {
    try {
      return read(json, factory(StreamReadConstraints.DEFAULT_MAX_NAME_LEN));
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  private static Json read(byte[] json, JsonFactory factory) throws IOException, RefusedException {
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() == null) {
        throw unreadable("it contains only white space");
      }
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw unreadable("something follows the JSON value at byte " + start(parser));
      }
      return value;
    }
  }

  private static RefusedException unreadable(IOException failure) {
    if (!(failure instanceof JacksonException json)) {
      return unreadable(failure.toString());
    }
    long offset = json.getLocation() == null ? -1 : json.getLocation().getByteOffset();
    String where = offset < 0 ? "" : " (at byte " + offset + ")";
    return unreadable(json.getOriginalMessage() + where);
  }

  /** Bytes without the byte order mark some senders put before UTF-8. */
  static byte[] withoutByteOrderMark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }

  /** The parser alone accepts some invalid sequences, so the whole text is checked once. */
  static void requireUtf8(byte[] bytes) throws RefusedException {
    if (isAscii(bytes)) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException failure) {
      throw unreadable("it is not valid UTF-8 (" + failure.getMessage() + ")");
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  static RefusedException unreadable(String why) {
    return new RefusedException(Reason.UNREADABLE_BODY, "The body cannot be read: " + why + ".");
  }

  private static Json value(JsonParser parser) throws IOException {
    int start = start(parser);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> fields(parser, start);
      case START_ARRAY -> items(parser, start);
      case VALUE_STRING -> {
        // Reads the text first: before that the parser has not found the end of the string.
        String text = parser.getText();
        yield new Json.Text(text, span(start, parser));
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
        String written = parser.getText();
        yield new Json.Literal(written, new Json.Span(start, start + written.length()));
      }
      case VALUE_NULL -> new Json.Null(span(start, parser));
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + token);
    };
  }

  private static Json fields(JsonParser parser, int start) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Json.Fields(members, span(start, parser));
  }

  private static Json items(JsonParser parser, int start) throws IOException {
    List<Json> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Json.Items(elements, span(start, parser));
  }

  private static int start(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  private static Json.Span span(int start, JsonParser parser) {
    return new Json.Span(start, Math.toIntExact(parser.currentLocation().getByteOffset()));
  }
}
