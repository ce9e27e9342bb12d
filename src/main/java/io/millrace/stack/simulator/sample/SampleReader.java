package io.millrace.stack.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the templates of one provider.
 *
 * <pre>
 * provider: hubspot          # the name of the file
 * like: segment              # optional: starts from another file, and changes what is given here
 * format: json               # or form, multipart, xml (whose bodies are texts)
 * headers: {Name: text}
 * largest: 10                # events of a request, at most
 * delivery: ["{{elements}}"] # what the events stand in; default: the event is the body
 * ends: "\r\n"               # what the sender writes after it
 * events:
 *   - becomes: contact.created
 *     first: true            # opens a person's story
 *     headers: {Name: text}
 *     body: {...}
 * </pre>
 */
final class SampleReader {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> KEYS =
      Set.of("provider", "like", "format", "headers", "largest", "delivery", "ends", "events");
  private static final Set<String> EVENT_KEYS = Set.of("becomes", "first", "headers", "body");

  private SampleReader() {}

  static Optional<SampleBook> read(String name) {
    return tree(name).map(tree -> book(name, tree));
  }

  private static SampleBook book(String name, JsonNode tree) {
    JsonNode base =
        tree.has("like")
            ? tree(tree.path("like").asText()).orElseThrow(() -> invalid(name, "is like nothing"))
            : JsonNodeFactory.instance.objectNode();
    only(name, KEYS, tree);
    if (!name.equals(tree.path("provider").asText())) {
      throw invalid(name, "is about another provider");
    }
    return new SampleBook(
        name,
        Format.valueOf(value(tree, base, "format", "json").asText().toUpperCase(Locale.ROOT)),
        texts(value(tree, base, "headers", "")),
        value(tree, base, "delivery", Template.ELEMENTS),
        value(tree, base, "ends", "").asText(),
        value(tree, base, "largest", "1").asInt(),
        events(name, value(tree, base, "events", "")));
  }

  private static List<EventTemplate> events(String name, JsonNode list) {
    List<EventTemplate> events = new ArrayList<>();
    for (JsonNode event : list) {
      only(name, EVENT_KEYS, event);
      events.add(
          new EventTemplate(
              event.path("becomes").asText(),
              event.path("first").asBoolean(),
              texts(event.path("headers")),
              event.path("body")));
    }
    if (events.isEmpty()) {
      throw invalid(name, "has no events");
    }
    return events;
  }

  private static JsonNode value(JsonNode tree, JsonNode base, String key, String otherwise) {
    if (tree.has(key)) {
      return tree.path(key);
    }
    return base.has(key) ? base.path(key) : TextNode.valueOf(otherwise);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static void only(String name, Set<String> keys, JsonNode object) {
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw invalid(name, "has the unknown key " + key);
              }
            });
  }

  private static Optional<JsonNode> tree(String name) {
    try (@Nullable InputStream file =
        SampleReader.class.getResourceAsStream("/simulator/" + name + ".yaml")) {
      return file == null ? Optional.empty() : Optional.of(YAML.readTree(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The samples of " + name + " cannot be read", unreadable);
    }
  }

  private static IllegalStateException invalid(String name, String fault) {
    return new IllegalStateException("simulator/" + name + ".yaml " + fault);
  }
}
