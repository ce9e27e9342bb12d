package io.millrace.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON value with its position in the text, so that only changed values are rewritten. */
sealed interface JsonPart {

  /** A member of an object. */
  record Member(String name, JsonPart value) {}

  /** An object with its members in order, including those with a repeated name. */
  record Fields(List<Member> members) implements JsonPart {
    public Fields {
      members = List.copyOf(members);
    }
  }

  /** An array. */
  record Items(List<JsonPart> elements) implements JsonPart {
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** A string, including its quotation marks. */
  record Text(String value, int start, int end) implements JsonPart {}

  /** A number as written. */
  record Numeral(String written, int start, int end) implements JsonPart {}

  /** True, false or null. */
  record Other() implements JsonPart {}

  /** Parses a text; empty if it is not exactly one JSON value. */
  static Optional<JsonPart> read(String json) {
    try (JsonParser parser = Reader.FACTORY.createParser(json)) {
      parser.nextToken();
      JsonPart part = Reader.part(parser);
      return parser.nextToken() == null ? Optional.of(part) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Builds the value from a parser's tokens. */
  final class Reader {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Names come from senders: remembered for later texts, they would stay in memory.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Reader() {}

    private static JsonPart part(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      if (token == null) {
        throw new IOException("nothing there");
      }
      int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
      // Reads the text first: only then does the parser know where it ends.
      String text = token.isScalarValue() ? parser.getText() : "";
      int end = Math.toIntExact(parser.currentLocation().getCharOffset());
      return switch (token) {
        case START_OBJECT -> fields(parser);
        case START_ARRAY -> items(parser);
        case VALUE_STRING -> new Text(text, start, end);
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            new Numeral(text, start, start + text.length());
        case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Other();
        case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IOException("unexpected " + token);
      };
    }

    private static JsonPart fields(JsonParser parser) throws IOException {
      List<Member> members = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.add(new Member(name, part(parser)));
      }
      return new Fields(members);
    }

    private static JsonPart items(JsonParser parser) throws IOException {
      List<JsonPart> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(part(parser));
      }
      return new Items(elements);
    }
  }
}
