package io.millrace.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one mapping of a rule file. What is wrong goes to the list of faults and reading goes on
 * with a harmless value, so that every fault is found; nobody may use the result if there is one.
 */
final class RuleFields {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final String place;
  private final JsonNode node;
  private final List<String> faults;

  /** The keys it may have are stated first: a misspelt one must not be silently without effect. */
  RuleFields(String place, JsonNode node, List<String> faults, List<String> keys) {
    this.place = place;
    this.node = node;
    this.faults = faults;
    if (!node.isObject()) {
      faults.add(place + ": must be a mapping with the keys " + String.join(", ", keys));
      return;
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                fault(key, "is not known here; known are " + String.join(", ", keys));
              }
            });
  }

  void fault(String key, String what) {
    faults.add(place(key) + ": " + what);
  }

  String place(String key) {
    return place.endsWith(":") ? place + " " + key : place + "." + key;
  }

  boolean has(String key) {
    return !value(key).isMissingNode();
  }

  private JsonNode value(String key) {
    JsonNode value = node.get(key);
    return value == null ? MissingNode.getInstance() : value;
  }

  String text(String key) {
    JsonNode value = value(key);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      fault(key, "must be a text");
      return "";
    }
    return value.asText();
  }

  String name(String key) {
    String name = text(key);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      fault(key, "'" + name + "' must be lower-case words with hyphens, such as pricing-visit");
    }
    return name;
  }

  /** One of several declared names. */
  String declared(String key, Set<String> declared) {
    String name = text(key);
    if (!name.isEmpty() && !declared.contains(name)) {
      fault(key, notDeclared(name, declared));
    }
    return name;
  }

  static String notDeclared(String name, Set<String> declared) {
    return "'%s' is not declared; declared are %s"
        .formatted(name, String.join(", ", declared.stream().sorted().toList()));
  }

  boolean isText(String key) {
    return value(key).isTextual();
  }

  /** An expression, where there is one; each of its faults is told with its place in it. */
  <T> Optional<T> expression(String key, Function<String, T> compiler) {
    if (!has(key)) {
      return Optional.empty();
    }
    String text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(compiler.apply(text));
    } catch (InvalidExpressionException invalid) {
      invalid.faults().forEach(wrong -> fault(key, wrong));
      return Optional.empty();
    }
  }

  int number(String key, int min, int max) {
    JsonNode value = value(key);
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToInt()
        || value.asInt() < min
        || value.asInt() > max) {
      fault(key, "must be a whole number from " + min + " to " + max);
      return min;
    }
    return value.asInt();
  }

  double points(String key) {
    JsonNode value = value(key);
    if (!value.isNumber() || Math.abs(value.asDouble()) > 1_000_000 || value.asDouble() == 0) {
      fault(key, "must be a number other than 0, at most a million either way");
      return 1;
    }
    return value.asDouble();
  }

  Duration duration(String key) {
    String text = text(key);
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && duration.compareTo(Duration.ofDays(3_660)) <= 0) {
        return duration;
      }
    } catch (DateTimeException notADuration) {
      // Falls through to the same answer.
    }
    fault(key, "must be a duration of at most ten years, such as PT24H or P7D");
    return Duration.ZERO;
  }

  Optional<Duration> optionalDuration(String key) {
    return has(key) ? Optional.of(duration(key)) : Optional.empty();
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode value = value(key);
    if (!value.isArray() || value.isEmpty()) {
      fault(key, "must be a list of at least one text");
    }
    value.forEach(
        element -> {
          if (element.isTextual() && !element.asText().isBlank()) {
            texts.add(element.asText());
          } else {
            fault(key, "must hold texts only, not " + element);
          }
        });
    return texts;
  }

  /** Texts that may be left out. */
  List<String> optionalTexts(String key) {
    return has(key) ? texts(key) : List.of();
  }

  /** A yes or no that is no when it is left out. */
  boolean flag(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      fault(key, "must be true or false");
    }
    return value.asBoolean();
  }

  /** The mappings of a list, each with its place; a list that is not there has none. */
  List<RuleFields> list(String key, List<String> keys) {
    List<RuleFields> elements = new ArrayList<>();
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isArray()) {
      fault(key, "must be a list");
    }
    for (int index = 0; index < value.size() && value.isArray(); index++) {
      elements.add(new RuleFields(place(key) + "[" + index + "]", value.get(index), faults, keys));
    }
    return elements;
  }

  /** A mapping of its own. */
  RuleFields mapping(String key, List<String> keys) {
    return new RuleFields(place(key), value(key), faults, keys);
  }

  /** The mappings under names of the file's own choice; none if the key is not there. */
  Map<String, RuleFields> mappings(String key, List<String> keys) {
    Map<String, RuleFields> mappings = new TreeMap<>();
    children(key)
        .forEach(
            (name, child) ->
                mappings.put(name, new RuleFields(place(key) + "." + name, child, faults, keys)));
    return mappings;
  }

  /** One of two words, the first of them if the key is not there. */
  String choice(String key, String usual, String other) {
    String word = has(key) ? text(key) : usual;
    if (!word.isEmpty() && !word.equals(usual) && !word.equals(other)) {
      fault(key, "'" + word + "' must be " + usual + " or " + other);
    }
    return word;
  }

  List<String> eventTypes(String key) {
    List<String> types = texts(key);
    types.stream()
        .filter(type -> !EventTypes.isDeclarable(type))
        .forEach(type -> fault(key, "'" + type + "' must be a type such as page.viewed or page.*"));
    return types;
  }

  /** Lists of values under names of the file's own choice; a number counts as it is written. */
  Map<String, Set<String>> valuesByName(String key) {
    Map<String, Set<String>> values = new TreeMap<>();
    children(key)
        .forEach(
            (name, child) -> {
              Set<String> texts = new TreeSet<>();
              child.forEach(
                  element -> {
                    if (element.isTextual() || element.isNumber()) {
                      texts.add(element.asText());
                    }
                  });
              if (!child.isArray() || texts.isEmpty() || texts.size() != child.size()) {
                fault(key + "." + name, "must be a list of different texts or numbers");
              }
              values.put(name, texts);
            });
    return values;
  }

  private Map<String, JsonNode> children(String key) {
    JsonNode value = value(key);
    Map<String, JsonNode> children = new TreeMap<>();
    if (!value.isMissingNode() && !value.isObject()) {
      fault(key, "must be a mapping");
    }
    value.properties().forEach(child -> children.put(child.getKey(), child.getValue()));
    return children;
  }
}
