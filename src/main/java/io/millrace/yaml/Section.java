package io.millrace.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One mapping of a YAML file, asked for its keys by a reader. Whatever is wrong becomes a fault and
 * the reading goes on, so that a file's faults are all found in one go: what is asked for is empty
 * if it is missing or wrong. A key that was never asked for is a fault, too.
 */
public final class Section extends Values {
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

  @Override
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

  @Override
  void add(int line, String what, String remedy) {
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

  @Override
  public Section require(String key, String example) {
    if (!has(key)) {
      fault("the key " + key + " is missing", "add it, as in " + key + ": " + example);
    }
    return this;
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
    return byName(key, Section::text);
  }

  /** Values that others are compared with, by names of the file's own choice, in its order. */
  public Map<String, String> valuesByName(String key) {
    return byName(key, Section::value);
  }

  /** What a parser makes of texts by names of the file's own choice, in its order. */
  public <T> Map<String, T> parsedByName(String key, Function<String, T> parser) {
    return byName(key, (names, name) -> names.parsed(name, parser));
  }

  private <T> Map<String, T> byName(String key, BiFunction<Section, String, Optional<T>> reader) {
    Map<String, T> values = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            names ->
                names
                    .keys()
                    .forEach(
                        name ->
                            reader.apply(names, name).ifPresent(value -> values.put(name, value))));
    return values;
  }

  /** The mapping under a key. */
  public Optional<Section> section(String key) {
    return find(key).flatMap(value -> section(key, value));
  }

  /** The list of mappings under a key. */
  public List<Section> sections(String key) {
    boolean isOne = find(key).filter(value -> !isNull(value)).isPresent() && !isList(key);
    if (isOne) {
      fault(key, key + " is not a list", "begin each of its sections with a dash");
    }
    return isOne ? List.of() : oneOrMore(key);
  }

  /** The mappings under a key; a single one is a list of one. */
  public List<Section> oneOrMore(String key) {
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

  @Override
  Optional<Node> find(String key) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key));
  }

  @Override
  List<Node> items(String key) {
    Optional<Node> value = find(key);
    if (value.filter(Section::isNull).isPresent()) {
      fault(key, key + " has no value", "write [a, b] or one - item per line");
      return List.of();
    }
    return value
        .map(node -> node instanceof Node.Sequence list ? list.items() : List.of(node))
        .orElse(List.of());
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

  private static boolean isNull(Node value) {
    return value instanceof Node.Scalar scalar && scalar.value().isNull();
  }
}
