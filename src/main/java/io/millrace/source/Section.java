package io.millrace.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * One mapping of a YAML file under reading. Faults are collected instead of thrown, so that a file
 * is refused once and with everything that is wrong; a key nobody asked for is a fault.
 */
final class Section {
  private static final Expression NOTHING = Expression.parse("''");

  private final JsonNode node;
  private final String place;
  private final List<String> faults;
  private final Set<String> known = new HashSet<>();

  private Section(JsonNode node, String place, List<String> faults) {
    this.node = node;
    this.place = place;
    this.faults = faults;
    if (!node.isObject()) {
      faults.add(place + " is not a mapping of keys to values");
    }
  }

  /**
   * Reads a whole section.
   *
   * @throws InvalidSectionException that names every fault
   */
  static <T> T read(JsonNode node, String place, Function<Section, T> reader) {
    List<String> faults = new ArrayList<>();
    Section section = new Section(node, place, faults);
    T value = reader.apply(section);
    section.close();
    if (!faults.isEmpty()) {
      throw new InvalidSectionException(faults);
    }
    return value;
  }

  /** Reports the keys that nobody asked for; to be called when a section has been read. */
  void close() {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!known.contains(member.getKey())) {
        fault(member.getKey(), "is not known here; known are " + known.stream().sorted().toList());
      }
    }
  }

  void fault(String key, String what) {
    faults.add(at(key) + " " + what);
  }

  private String at(String key) {
    return place.endsWith(":") ? place + " " + key : place + "." + key;
  }

  private Optional<JsonNode> find(String key) {
    known.add(key);
    JsonNode found = node.path(key);
    return found instanceof MissingNode || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  Optional<String> text(String key) {
    return find(key).flatMap(found -> scalar(found, key));
  }

  private Optional<String> scalar(JsonNode found, String key) {
    if (found.isValueNode()) {
      return Optional.of(found.asText());
    }
    fault(key, "is not a text");
    return Optional.empty();
  }

  String requiredText(String key) {
    return text(key)
        .orElseGet(
            () -> {
              fault(key, "is missing");
              return "";
            });
  }

  /** Whether the key is there and has no value. */
  boolean isNull(String key) {
    known.add(key);
    return node.path(key).isNull();
  }

  boolean has(String key) {
    known.add(key);
    return node.has(key);
  }

  boolean truth(String key) {
    return optionalTruth(key).orElse(false);
  }

  Optional<Boolean> optionalTruth(String key) {
    Optional<JsonNode> found = find(key);
    if (found.isPresent() && !found.get().isBoolean()) {
      fault(key, "is neither true nor false");
    }
    return found.map(JsonNode::asBoolean);
  }

  /** A number of characters, at least one. */
  OptionalInt length(String key) {
    Optional<JsonNode> found = find(key);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!found.get().isInt() || found.get().asInt() < 1) {
      fault(key, "is not a number of characters");
      return OptionalInt.empty();
    }
    return OptionalInt.of(found.get().asInt());
  }

  Optional<BigDecimal> decimal(String key) {
    Optional<JsonNode> found = find(key);
    if (found.isPresent() && !found.get().isNumber()) {
      fault(key, "is not a number");
      return Optional.empty();
    }
    return found.map(JsonNode::decimalValue);
  }

  /** A list of texts; a single text is a list of one. */
  List<String> texts(String key) {
    return find(key)
        .map(
            found -> {
              List<String> texts = new ArrayList<>();
              listed(found).forEach(item -> scalar(item, key).ifPresent(texts::add));
              return texts;
            })
        .orElse(List.of());
  }

  private static List<JsonNode> listed(JsonNode found) {
    List<JsonNode> items = new ArrayList<>();
    if (found.isArray()) {
      found.forEach(items::add);
    } else {
      items.add(found);
    }
    return items;
  }

  /** Texts by name, in the file's order. */
  Map<String, String> textsByName(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    find(key)
        .ifPresent(
            found -> {
              if (!found.isObject()) {
                fault(key, "is not a mapping of names to texts");
              }
              found
                  .properties()
                  .forEach(
                      member ->
                          scalar(member.getValue(), key + "." + member.getKey())
                              .ifPresent(text -> texts.put(member.getKey(), text)));
            });
    return texts;
  }

  Optional<Expression> expression(String key) {
    return text(key).flatMap(text -> parsed(key, text, Expression::parse));
  }

  Expression requiredExpression(String key) {
    return expression(key)
        .orElseGet(
            () -> {
              if (!node.has(key)) {
                fault(key, "is missing");
              }
              return NOTHING;
            });
  }

  Map<String, Expression> expressionsByName(String key) {
    Map<String, Expression> expressions = new LinkedHashMap<>();
    textsByName(key)
        .forEach(
            (name, text) ->
                parsed(key + "." + name, text, Expression::parse)
                    .ifPresent(expression -> expressions.put(name, expression)));
    return expressions;
  }

  Optional<NameTemplate> name(String key) {
    return text(key).flatMap(text -> parsed(key, text, NameTemplate::parse));
  }

  /** What a parser makes of a text; a fault, and empty, when it refuses it. */
  <T> Optional<T> parsed(String key, String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException failure) {
      fault(key, "cannot be read: " + failure.getMessage());
      return Optional.empty();
    }
  }

  /** A record rule: a mapping with type and id, or just the type. */
  Optional<RecordRule> recordRule(String key) {
    Optional<JsonNode> found = find(key);
    if (found.isPresent() && found.get().isTextual()) {
      return Optional.of(new RecordRule(name(key), Optional.empty()));
    }
    return section(key, RecordRule::read);
  }

  /** A mapping under this key. */
  <T> Optional<T> section(String key, Function<Section, T> reader) {
    return find(key).map(found -> child(found, key, reader));
  }

  /** The mappings under this key; a single one is a list of one. */
  <T> List<T> sections(String key, Function<Section, T> reader) {
    List<T> values = new ArrayList<>();
    find(key)
        .ifPresent(
            found -> {
              List<JsonNode> items = listed(found);
              for (int at = 0; at < items.size(); at++) {
                values.add(child(items.get(at), key + "[" + at + "]", reader));
              }
            });
    return values;
  }

  private <T> T child(JsonNode found, String key, Function<Section, T> reader) {
    Section section = new Section(found, at(key), faults);
    T value = reader.apply(section);
    section.close();
    return value;
  }
}
