package io.millrace.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the keys of one section. Whatever is wrong becomes a fault and the reading goes on, so that
 * a file's faults are all found in one go. {@link #finish} must be called last: it finds the keys
 * nobody asked for.
 */
final class Keys {
  private final Yaml.Section section;
  private final Faults faults;
  private final Set<String> asked = new HashSet<>();

  Keys(Yaml.Section section, Faults faults) {
    this.section = section;
    this.faults = faults;
  }

  boolean has(String key) {
    return section.entries().containsKey(key);
  }

  int line() {
    return section.line();
  }

  List<String> names() {
    return List.copyOf(section.entries().keySet());
  }

  Map<String, Yaml> entries() {
    return section.entries();
  }

  /** The section as it stands, in JSON. */
  String written() {
    return section.toJson().toString();
  }

  Faults faults() {
    return faults;
  }

  Optional<Yaml> any(String key) {
    asked.add(key);
    return Optional.ofNullable(section.entries().get(key));
  }

  Optional<String> text(String key) {
    return any(key)
        .flatMap(
            value -> {
              if (value instanceof Yaml.Scalar scalar && !scalar.text().isBlank()) {
                return Optional.of(scalar.text());
              }
              faults.add(value.line(), key + " has no value", "give it one, or remove the key");
              return Optional.empty();
            });
  }

  /** Like {@link #text}; a missing key is a fault. */
  Optional<String> requiredText(String key, String example) {
    if (!has(key)) {
      asked.add(key);
      faults.add(section.line(), "the key " + key + " is missing", "add it, as in " + example);
      return Optional.empty();
    }
    return text(key);
  }

  /** A text that may be empty or blank, such as a prefix that ends in a space. */
  String verbatim(String key) {
    return any(key)
        .map(value -> value instanceof Yaml.Scalar scalar ? scalar.text() : "")
        .orElse("");
  }

  /** A text converted; a fault where the conversion throws an IllegalArgumentException. */
  <T> Optional<T> converted(String key, Function<String, T> conversion, String remedy) {
    return text(key)
        .flatMap(
            text -> {
              try {
                return Optional.of(conversion.apply(text));
              } catch (IllegalArgumentException | DateTimeParseException wrong) {
                faults.add(lineOf(key), key + ": " + text + " cannot be used", remedy);
                return Optional.empty();
              }
            });
  }

  Optional<Duration> duration(String key) {
    return converted(
        key,
        text -> {
          Duration duration = Duration.parse(text);
          if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("not positive");
          }
          return duration;
        },
        "write a positive ISO 8601 duration, as in P3D or PT10H");
  }

  Optional<Instant> instant(String key) {
    return converted(key, Instant::parse, "write a time in UTC, as in 2026-01-01T00:00:00Z");
  }

  Optional<Integer> number(String key) {
    return converted(key, Integer::valueOf, "write a whole number");
  }

  Optional<Boolean> flag(String key) {
    return oneOf(key, Map.of("true", true, "false", false));
  }

  <T> Optional<T> oneOf(String key, Map<String, T> choices) {
    return converted(
        key,
        text -> {
          if (!choices.containsKey(text)) {
            throw new IllegalArgumentException(text);
          }
          return choices.get(text);
        },
        "use one of " + choices.keySet().stream().sorted().collect(Collectors.joining(", ")));
  }

  <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
    return oneOf(
        key,
        List.of(type.getEnumConstants()).stream()
            .collect(
                Collectors.toMap(
                    constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Function.identity())));
  }

  Optional<Keys> section(String key) {
    return any(key)
        .flatMap(
            value -> {
              if (value instanceof Yaml.Section inner) {
                return Optional.of(new Keys(inner, faults));
              }
              faults.add(value.line(), key + " is not a section", "write keys and values below it");
              return Optional.empty();
            });
  }

  /** A section handed on as a plain tree, empty if it is missing; what it throws is a fault. */
  <T> Optional<T> tree(String key, Function<JsonNode, T> reader) {
    JsonNode tree = any(key).map(Yaml::toJson).orElseGet(JsonNodeFactory.instance::objectNode);
    try {
      return Optional.of(reader.apply(tree));
    } catch (IllegalArgumentException wrong) {
      faults.add(lineOf(key), String.valueOf(wrong.getMessage()), "mend the section " + key);
      return Optional.empty();
    }
  }

  List<Keys> sections(String key) {
    return items(key).stream()
        .flatMap(
            item -> {
              if (item instanceof Yaml.Section inner) {
                return Stream.of(new Keys(inner, faults));
              }
              faults.add(item.line(), "an item of " + key + " has no keys", "write key: value");
              return Stream.empty();
            })
        .toList();
  }

  List<String> texts(String key) {
    return items(key).stream()
        .flatMap(
            item -> {
              if (item instanceof Yaml.Scalar scalar && !scalar.text().isBlank()) {
                return Stream.of(scalar.text());
              }
              faults.add(
                  item.line(), "an item of " + key + " is no text", "write one text per item");
              return Stream.empty();
            })
        .toList();
  }

  int lineOf(String key) {
    return Optional.ofNullable(section.entries().get(key)).map(Yaml::line).orElse(section.line());
  }

  /** Reports every key that was never asked for, and what it may have been meant to be. */
  void finish() {
    for (Map.Entry<String, Yaml> entry : section.entries().entrySet()) {
      if (!asked.contains(entry.getKey())) {
        faults.add(
            entry.getValue().line(),
            "the key " + entry.getKey() + " is unknown",
            "use one of " + asked.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  /** Leaves the other keys alone, because what they should be hangs on one that is wrong. */
  void skipRest() {
    asked.addAll(section.entries().keySet());
  }

  private List<Yaml> items(String key) {
    return any(key)
        .map(
            value -> {
              if (value instanceof Yaml.Sequence sequence) {
                return sequence.items();
              }
              faults.add(
                  value.line(), key + " is not a list", "write [a, b] or one - item per line");
              return List.<Yaml>of();
            })
        .orElse(List.of());
  }
}
