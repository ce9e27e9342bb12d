package io.millrace.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The typed values of a section's keys. A value of another type is a fault: a number in quotes is a
 * text, and {@code true} is not. A number may be where a text is wanted and counts as it is
 * written, because nobody thinks of the quotes around a version or an id.
 */
abstract sealed class Values permits Section {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.][0-9]+)?");
  private static final Pattern TRUTH = Pattern.compile("true|false");

  /** The value of a key, if it is there; the key counts as known from now on. */
  abstract Optional<Node> find(String key);

  /** What a list has in it; what is no list is a list of one. */
  abstract List<Node> items(String key);

  abstract void add(int line, String what, String remedy);

  /** Reports what is wrong with a key's value; with the section where there is no such key. */
  public abstract void fault(String key, String what, String remedy);

  /** Reports a key that has to be there and is not. */
  public abstract Section require(String key, String example);

  /** A text, or a number as it is written. */
  public Optional<String> text(String key) {
    return find(key).flatMap(value -> text(key, value));
  }

  /** A text; that it is missing is a fault. */
  public Optional<String> requiredText(String key, String example) {
    return require(key, example).text(key);
  }

  /** Whatever is written as a single value, even if it is blank, such as a prefix. */
  public Optional<String> verbatim(String key) {
    return find(key).flatMap(value -> scalar(key, value)).map(Node.Scalar::text);
  }

  /** Texts; a single one is a list of one. */
  public List<String> texts(String key) {
    return items(key).stream().flatMap(item -> text("an item of " + key, item).stream()).toList();
  }

  /** Values that others are compared with: texts, numbers and truths, as they are written. */
  public List<String> values(String key) {
    return items(key).stream().flatMap(item -> value("an item of " + key, item).stream()).toList();
  }

  /** A value that others are compared with: a text, a number or a truth, as it is written. */
  public Optional<String> value(String key) {
    return find(key).flatMap(value -> value(key, value));
  }

  /** What a parser makes of a text; a fault, in its words, where it refuses it. */
  public <T> Optional<T> parsed(String key, Function<String, T> parser) {
    return text(key).flatMap(text -> parsed(key, text, parser));
  }

  /** What a parser makes of a text that belongs to a key. */
  public <T> Optional<T> parsed(String key, String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException refused) {
      fault(key, key + ": " + text + " cannot be read: " + refused.getMessage(), "correct it");
      return Optional.empty();
    }
  }

  /** What a parser makes of a text; a fault with this remedy where it refuses it. */
  public <T> Optional<T> parsed(String key, Function<String, T> parser, String remedy) {
    return text(key).flatMap(text -> parsed(key, text, parser, remedy));
  }

  private <T> Optional<T> parsed(
      String key, String text, Function<String, T> parser, String remedy) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException | DateTimeException refused) {
      return refused(key, text, remedy);
    }
  }

  private <T> Optional<T> refused(String key, String text, String remedy) {
    fault(key, key + ": " + text + " cannot be used", remedy);
    return Optional.empty();
  }

  /** A duration in ISO 8601 between two others. */
  public Optional<Duration> duration(String key, Duration min, Duration max) {
    return parsed(
        key,
        text -> {
          Duration duration = Duration.parse(text);
          if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException("out of range");
          }
          return duration;
        },
        "write an ISO 8601 duration from " + written(min) + " to " + written(max));
  }

  private static String written(Duration duration) {
    long days = duration.toDays();
    return days > 0 && duration.equals(Duration.ofDays(days)) ? "P" + days + "D" : duration + "";
  }

  /** A duration in ISO 8601 that is more than nothing. */
  public Optional<Duration> duration(String key) {
    return parsed(
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

  public Optional<Instant> instant(String key) {
    return parsed(key, Instant::parse, "write a time in UTC, as in 2026-01-01T00:00:00Z");
  }

  /** A whole number between two others. */
  public Optional<Integer> integer(String key, int min, int max) {
    return number(
        key,
        text -> {
          BigDecimal number = new BigDecimal(text);
          if (number.stripTrailingZeros().scale() > 0
              || number.compareTo(BigDecimal.valueOf(min)) < 0
              || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new IllegalArgumentException("out of range");
          }
          return number.intValue();
        },
        "write a whole number from " + min + " to " + max);
  }

  public Optional<BigDecimal> decimal(String key) {
    return number(key, BigDecimal::new, "write a number");
  }

  private <T> Optional<T> number(String key, Function<String, T> parser, String remedy) {
    return typed(key, JsonNode::isNumber, NUMBER, remedy)
        .flatMap(number -> parsed(key, number.asText(), parser, remedy));
  }

  /** True or false. */
  public Optional<Boolean> flag(String key) {
    return typed(key, JsonNode::isBoolean, TRUTH, "write true or false")
        .map(JsonNode::booleanValue);
  }

  private Optional<JsonNode> typed(
      String key, Predicate<JsonNode> isType, Pattern inQuotes, String remedy) {
    Optional<Node.Scalar> scalar = find(key).flatMap(value -> scalar(key, value));
    Optional<JsonNode> value = scalar.map(Node.Scalar::value).filter(isType);
    if (scalar.isPresent() && value.isEmpty()) {
      String text = scalar.get().text();
      refused(key, text, inQuotes.matcher(text).matches() ? "remove the quotes" : remedy);
    }
    return value;
  }

  /** What one of several words stands for. */
  public <T> Optional<T> choice(String key, Map<String, T> choices) {
    return text(key)
        .flatMap(
            text ->
                Optional.ofNullable(choices.get(text))
                    .or(() -> refused(key, text, Suggestions.remedy(text, choices.keySet()))));
  }

  /** A constant of an enum, written in lower case and with dashes. */
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return choice(
        key,
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Function.identity())));
  }

  private Optional<String> text(String key, Node value) {
    if (value instanceof Node.Scalar scalar && scalar.value().isBoolean()) {
      add(
          value.line(),
          key + ": " + scalar.text() + " is true or false in YAML, not a text",
          "write it in quotes if it is meant as a text");
      return Optional.empty();
    }
    return value(key, value);
  }

  private Optional<String> value(String key, Node value) {
    Optional<String> text = scalar(key, value).map(Node.Scalar::text);
    if (text.filter(String::isBlank).isPresent()) {
      addEmpty(key, value);
    }
    return text.filter(written -> !written.isBlank());
  }

  private Optional<Node.Scalar> scalar(String key, Node value) {
    if (value instanceof Node.Scalar scalar && !scalar.value().isNull()) {
      return Optional.of(scalar);
    }
    if (value instanceof Node.Scalar) {
      addEmpty(key, value);
    } else {
      add(value.line(), key + " is not a text", "write a single value");
    }
    return Optional.empty();
  }

  private void addEmpty(String key, Node value) {
    add(value.line(), key + " has no value", "give it one, or remove the key");
  }
}
