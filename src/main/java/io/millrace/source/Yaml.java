package io.millrace.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a YAML file that knows its line, so that a fault can name it. */
sealed interface Yaml {
  ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

  int line();

  /** The same as a plain tree, for readers that need no lines. */
  JsonNode toJson();

  /** A value; {@code null} in the file becomes an empty text. */
  record Scalar(JsonNode value, int line) implements Yaml {
    String text() {
      return value.isNull() ? "" : value.asText();
    }

    @Override
    public JsonNode toJson() {
      return value;
    }
  }

  /** A list. */
  record Sequence(List<Yaml> items, int line) implements Yaml {
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
  record Section(Map<String, Yaml> entries, int line) implements Yaml {
    @Override
    public JsonNode toJson() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      entries.forEach((key, value) -> object.set(key, value.toJson()));
      return object;
    }
  }

  /** Reads a file that has to be one section; empty after a fault. */
  static Optional<Section> parse(String text, Faults faults) {
    try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        faults.add("it holds no keys", "write one key and value per line, as in source: billing");
        return Optional.empty();
      }
      Section section = section(parser, faults);
      if (parser.nextToken() != null) {
        faults.add("it holds more than one document", "split it into one file each");
      }
      return Optional.of(section);
    } catch (JsonProcessingException broken) {
      JsonLocation location = broken.getLocation();
      faults.add(
          location == null ? 1 : location.getLineNr(),
          "it is not YAML: " + broken.getOriginalMessage().lines().findFirst().orElse(""),
          "mend the syntax");
      return Optional.empty();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Section section(JsonParser parser, Faults faults) throws IOException {
    int start = parser.currentTokenLocation().getLineNr();
    Map<String, Yaml> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      if (entries.put(key, value(parser, line, faults)) != null) {
        faults.add(line, "the key " + key + " is there twice", "keep one of them");
      }
    }
    return new Section(entries, start);
  }

  private static Yaml value(JsonParser parser, int line, Faults faults) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return section(parser, faults);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Yaml> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, parser.currentTokenLocation().getLineNr(), faults));
      }
      return new Sequence(items, line);
    }
    return new Scalar(MAPPER.readTree(parser), line);
  }
}
