package io.millrace.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Parses the text of one file. The size of the result is bounded: the text is limited, and aliases
 * are not supported.
 */
final class NodeReader {
  /** The longest file, in characters. */
  static final int LONGEST = 3 * 1024 * 1024;

  /** The deepest nesting of sections and lists. */
  static final int DEEPEST = 50;

  private static final YAMLFactory FACTORY = factory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private final String file;
  private final Faults faults;

  NodeReader(String file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setNestingDepthLimit(DEEPEST);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
        .build();
  }

  /** Reads a file that must be a single mapping; empty after a fault. */
  Optional<Node.Mapping> read(String text) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        fault(1, "it has no keys", "write one key and value per line, as in source: billing");
        return Optional.empty();
      }
      Node.Mapping mapping = mapping(parser);
      if (parser.nextToken() != null) {
        fault(line(parser), "it contains more than one document", "split it into one file each");
      }
      return Optional.of(mapping);
    } catch (JsonProcessingException broken) {
      JsonLocation location = broken.getLocation();
      fault(
          location == null ? 1 : Math.max(1, location.getLineNr()),
          "it is not YAML: " + broken.getOriginalMessage().lines().findFirst().orElse(""),
          "correct the syntax");
      return Optional.empty();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Node.Mapping mapping(YAMLParser parser) throws IOException {
    int start = line(parser);
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = line(parser);
      parser.nextToken();
      if (entries.putIfAbsent(key, node(parser, line)) != null) {
        fault(line, "the key " + key + " appears twice", "keep one of them");
      }
    }
    return new Node.Mapping(entries, start);
  }

  private Node node(YAMLParser parser, int line) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(parser);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, line(parser)));
      }
      return new Node.Sequence(items, line);
    }
    if (parser.isCurrentAlias()) {
      fault(line, "the alias *" + parser.getText() + " is not supported", "write out its value");
    }
    String text = parser.getText();
    JsonNode value = MAPPER.readTree(parser);
    return new Node.Scalar(value, value.isNull() ? "" : text, line);
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private void fault(int line, String what, String remedy) {
    faults.add(new Fault(file, line, what, remedy));
  }
}
