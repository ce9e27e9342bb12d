package io.millrace.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tree or a text with placeholders in double braces. */
final class Template {
  /** The placeholder for the events of a delivery. */
  static final String ELEMENTS = "{{elements}}";

  private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}]+)}}");

  private Template() {}

  /**
   * Fills a tree; a text that consists of a single placeholder becomes its value, number or text.
   */
  static JsonNode fill(JsonNode template, Places places, List<JsonNode> elements) {
    if (template.isTextual()) {
      return leaf(template.textValue(), places, elements);
    }
    if (template instanceof ArrayNode array) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : array) {
        if (item.isTextual() && ELEMENTS.equals(item.textValue())) {
          filled.addAll(elements);
        } else {
          filled.add(fill(item, places, elements));
        }
      }
      return filled;
    }
    if (template instanceof ObjectNode object) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field -> filled.set(field.getKey(), fill(field.getValue(), places, elements)));
      return filled;
    }
    return template;
  }

  /** Fills a text; values go through an escape first. */
  static String fill(String template, Places places, UnaryOperator<String> escape) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(escape.apply(places.value(place.group(1)).asText())));
  }

  private static JsonNode leaf(String text, Places places, List<JsonNode> elements) {
    if (ELEMENTS.equals(text)) {
      return elements.get(0);
    }
    Matcher matcher = PLACE.matcher(text);
    return matcher.matches()
        ? places.value(matcher.group(1))
        : TextNode.valueOf(fill(text, places, UnaryOperator.identity()));
  }
}
