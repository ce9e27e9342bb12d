package io.millrace.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One mapping of a YAML file, asked for its keys by a reader. Whatever is wrong becomes a fault and
 * the reading goes on, so that a file's faults are all found in one go: what is asked for is empty
 * if it is missing or wrong. A key that was never asked for is a fault, too.
 */
public final class Section {
  private final Node.Mapping mapping;
  private final String file;
  private final Faults faults;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<Node, Section> inner = new LinkedHashMap<>();

  Section(Node.Mapping mapping, String file, Faults faults) {
    this.mapping = mapping;
    this.file = file;
    this.faults = faults;
  }

  /** Reports what is wrong with a key's value; with the section where there is no such key. */
  public void fault(String key, String what, String remedy) {
    add(
        Optional.ofNullable(mapping.entries().get(key)).map(Node::line).orElse(line()),
        what,
        remedy);
  }

  /** Reports what is wrong with the section. */
  public void fault(String what, String remedy) {
    add(line(), what, remedy);
  }

  private void add(int line, String what, String remedy) {
    faults.add(new Fault(file, line, what, remedy));
  }

  public int line() {
    return mapping.line();
  }

  /** Whether the key is there, with or without a value. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** Whether the key is there and its value is null, or left out, which is the same. */
  public boolean isNull(String key) {
    return find(key).filter(Section::isNull).isPresent();
  }

  /** Whether the value is a list. */
  public boolean isList(String key) {
    return find(key).filter(Node.Sequence.class::isInstance).isPresent();
  }

  /** Whether the value is a text, and no number, truth, list or mapping. */
  public boolean isText(String key) {
    return tree(key).filter(JsonNode::isTextual).isPresent();
  }

  /** Every key, in the order of the file. */
  public List<String> keys() {
    return List.copyOf(mapping.entries().keySet());
  }

  /** The whole section in JSON. */
  public String written() {
    return mapping.toJson().toString();
  }

  /** This section's keys over those of another, of which some do not count. */
  public Section over(Section base, Set<String> without) {
    skipRest();
    Map<String, Node> merged = new LinkedHashMap<>(base.mapping.entries());
    merged.keySet().removeAll(without);
    merged.putAll(mapping.entries());
    return remember(new Node.Mapping(merged, base.line()));
  }

  /** Says that a key has to be there. */
  public Section require(String key, String example) {
    if (!has(key)) {
      fault("the key " + key + " is missing", "add it, as in " + key + ": " + example);
    }
    return this;
  }

  /** A text, or a number or a truth as it is written. */
  public Optional<String> text(String key) {
    return find(key).flatMap(value -> text(key, value));
  }

  /** A text; that it is missing is a fault. */
  public Optional<String> requiredText(String key, String example) {
    return require(key, example).text(key);
  }

  /** A text that may be empty or blank, such as a prefix that ends in a space. */
  public String verbatim(String key) {
    return find(key)
        .map(value -> value instanceof Node.Scalar scalar ? scalar.text() : text(key).orElse(""))
        .orElse("");
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
    return text(key)
        .flatMap(
            text -> {
              try {
                return Optional.of(parser.apply(text));
              } catch (IllegalArgumentException | DateTimeException refused) {
                return refused(key, text, remedy);
              }
            });
  }

  private <T> Optional<T> refused(String key, String text, String remedy) {
    fault(key, key + ": " + text + " cannot be used", remedy);
    return Optional.empty();
  }

  /** What can be built of the section; a fault where its own constructor refuses it. */
  public <T> Optional<T> built(Supplier<? extends T> build) {
    try {
      return Optional.of(build.get());
    } catch (IllegalArgumentException inconsistent) {
      fault(String.valueOf(inconsistent.getMessage()), "correct this section");
      return Optional.empty();
    }
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
    return parsed(
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
    return parsed(key, BigDecimal::new, "write a number");
  }

  /** True or false. */
  public Optional<Boolean> flag(String key) {
    return choice(key, Map.of("true", true, "false", false));
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

  /** Texts; a single one is a list of one. */
  public List<String> texts(String key) {
    return items(key).stream().flatMap(item -> text("an item of " + key, item).stream()).toList();
  }

  /** At least one text. */
  public List<String> requiredTexts(String key, String example) {
    List<String> texts = require(key, example).texts(key);
    if (texts.isEmpty() && has(key)) {
      fault(key, key + " names nothing", "name at least one, as in " + key + ": " + example);
    }
    return texts;
  }

  /** What a parser makes of texts; a single one is a list of one. */
  public <T> List<T> parsedTexts(String key, Function<String, T> parser) {
    return texts(key).stream().flatMap(text -> parsed(key, text, parser).stream()).toList();
  }

  /** Texts by names of the file's own choice, in its order. */
  public Map<String, String> textsByName(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            names ->
                names
                    .keys()
                    .forEach(name -> names.text(name).ifPresent(text -> texts.put(name, text))));
    return texts;
  }

  /** What a parser makes of texts by names of the file's own choice, in its order. */
  public <T> Map<String, T> parsedByName(String key, Function<String, T> parser) {
    Map<String, T> values = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            names ->
                names
                    .keys()
                    .forEach(
                        name ->
                            names
                                .parsed(name, parser)
                                .ifPresent(value -> values.put(name, value))));
    return values;
  }

  /** The mapping under a key. */
  public Optional<Section> section(String key) {
    return find(key).flatMap(value -> section(key, value));
  }

  /** The mappings under a key; a single one is a list of one. */
  public List<Section> sections(String key) {
    return items(key).stream()
        .flatMap(item -> section("an item of " + key, item).stream())
        .toList();
  }

  /** Whatever is under a key. */
  public Optional<JsonNode> tree(String key) {
    return find(key).map(Node::toJson);
  }

  /** Leaves the other keys alone, because what they should be hangs on one that is wrong. */
  public void skipRest() {
    asked.addAll(mapping.entries().keySet());
  }

  /** Reports every key that was never asked for, here and below. */
  void close() {
    Set<String> unused = new LinkedHashSet<>(asked);
    unused.removeAll(mapping.entries().keySet());
    mapping.entries().entrySet().stream()
        .filter(entry -> !asked.contains(entry.getKey()))
        .forEach(
            entry ->
                add(
                    entry.getValue().line(),
                    "the key " + entry.getKey() + " is unknown",
                    Suggestions.remedy(entry.getKey(), unused.isEmpty() ? asked : unused)));
    inner.values().forEach(Section::close);
  }

  private Optional<Node> find(String key) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key));
  }

  private Optional<String> text(String key, Node value) {
    if (value instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    if (value instanceof Node.Scalar) {
      add(value.line(), key + " has no value", "give it one, or remove the key");
    } else {
      add(value.line(), key + " is not a text", "write a single value");
    }
    return Optional.empty();
  }

  private Optional<Section> section(String key, Node value) {
    if (value instanceof Node.Mapping below) {
      return Optional.of(remember(below));
    }
    add(value.line(), key + " is not a section", "write keys and values below it");
    return Optional.empty();
  }

  private Section remember(Node.Mapping below) {
    return inner.computeIfAbsent(below, node -> new Section(below, file, faults));
  }

  private List<Node> items(String key) {
    List<Node> items = new ArrayList<>();
    find(key)
        .ifPresent(
            value -> {
              if (value instanceof Node.Sequence list) {
                items.addAll(list.items());
              } else if (isNull(value)) {
                add(value.line(), key + " has no value", "write [a, b] or one - item per line");
              } else {
                items.add(value);
              }
            });
    return items;
  }

  private static boolean isNull(Node value) {
    return value instanceof Node.Scalar scalar && scalar.value().isNull();
  }
}
