package io.millrace.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** A sound file, spoilt in one place at a time: what its reader may do then is to say so. */
public final class MutatedFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private final String file;
  private final Function<Section, ?> reader;
  private final JsonNode sound;

  private MutatedFile(String file, String text, Function<Section, ?> reader) {
    this.file = file;
    this.reader = reader;
    this.sound = parse(text).toJson();
    Object first = YamlFile.read(file, text, reader);
    Object again = YamlFile.read(file, written(sound), reader);
    assertThat(again.equals(first) || again.toString().equals(first.toString()))
        .as("%s reads the same in another style", file)
        .isTrue();
  }

  /** Spoils a file so many times. */
  public static void check(Path file, Function<Section, ?> reader, int times, long seed) {
    try {
      MutatedFile sound = new MutatedFile(file.toString(), Files.readString(file), reader);
      Random random = new Random(seed);
      for (int time = 0; time < times; time++) {
        sound.check(random);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Spoils each file of a folder so many times. */
  public static void checkAll(Path folder, Function<Section, ?> reader, int times, long seed) {
    try (Stream<Path> files = Files.list(folder)) {
      files.sorted().forEach(file -> check(file, reader, times, seed + file.hashCode()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A spoilt text, and which lines the section that was spoilt has in it. */
  private record Spoilt(String text, int first, int last) {}

  /** One of the ways to spoil a section. */
  private enum Way {
    DROP,
    RENAME,
    RETYPE,
    DUPLICATE
  }

  private void check(Random random) {
    JsonNode tree = sound.deepCopy();
    List<List<Object>> sections = new ArrayList<>();
    find(tree, List.of(), sections);
    List<Object> path = sections.get(random.nextInt(sections.size()));
    ObjectNode section = (ObjectNode) at(tree, path);
    List<String> keys = new ArrayList<>();
    section.fieldNames().forEachRemaining(keys::add);
    String key = keys.get(random.nextInt(keys.size()));
    Way way = Way.values()[random.nextInt(Way.values().length)];
    Spoilt spoilt =
        way == Way.DUPLICATE ? duplicated(tree, path, key) : spoilt(tree, section, path, key, way);
    String what = "%s of %s in %s of %s".formatted(way, key, path, file);
    try {
      Object unused = YamlFile.read(file, spoilt.text(), reader);
      assertThat(way).as(what).isNotEqualTo(Way.DUPLICATE);
    } catch (InvalidFileException invalid) {
      int lines = (int) spoilt.text().lines().count();
      assertThat(invalid.faults())
          .as(what)
          .isNotEmpty()
          .allSatisfy(
              fault -> {
                assertThat(fault.file()).isEqualTo(file);
                assertThat(fault.line()).isBetween(1, lines);
                assertThat(fault.what()).isNotBlank();
                assertThat(fault.remedy()).isNotBlank();
              });
      if (way != Way.DROP) {
        assertThat(invalid.faults())
            .as(what)
            .anySatisfy(fault -> assertThat(fault.line()).isBetween(spoilt.first(), spoilt.last()));
      }
    }
  }

  private Spoilt spoilt(JsonNode tree, ObjectNode section, List<Object> path, String key, Way way) {
    JsonNode value = section.get(key);
    switch (way) {
      case DROP -> section.remove(key);
      case RENAME -> {
        section.remove(key);
        section.set(key + "Xq", value);
      }
      case RETYPE -> section.set(key, retyped(value));
      case DUPLICATE -> throw new IllegalArgumentException("it is not done to a tree");
    }
    String text = written(tree);
    Node node = at(parse(text), path);
    return new Spoilt(text, node.line(), last(node));
  }

  private static JsonNode retyped(JsonNode value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return value.isValueNode()
        ? make.objectNode().set("odd", make.numberNode(7))
        : make.numberNode(7);
  }

  private Spoilt duplicated(JsonNode tree, List<Object> path, String key) {
    String text = written(tree);
    Node.Mapping section = (Node.Mapping) at(parse(text), path);
    Node value = below(section, key);
    List<String> lines = new ArrayList<>(text.lines().toList());
    boolean isBelow = value instanceof Node.Mapping inner && !inner.entries().isEmpty();
    String line = lines.get(value.line() - (isBelow ? 2 : 1));
    int column = 0;
    while (line.charAt(column) == ' ' || line.charAt(column) == '-') {
      column++;
    }
    int after = last(value);
    lines.add(after, " ".repeat(column) + '"' + key.replace("\"", "\\\"") + "\": 7");
    return new Spoilt(String.join("\n", lines) + "\n", section.line(), last(section) + 1);
  }

  private Node.Mapping parse(String text) {
    Faults faults = new Faults();
    Node.Mapping mapping = new NodeReader(file, faults).read(text).orElseThrow();
    assertThat(faults.all()).isEmpty();
    return mapping;
  }

  private static String written(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Every section that is not empty, by the keys and numbers that lead to it. */
  private static void find(JsonNode node, List<Object> path, List<List<Object>> found) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      found.add(path);
      object.properties().forEach(each -> find(each.getValue(), with(path, each.getKey()), found));
    } else if (node instanceof ArrayNode array) {
      for (int item = 0; item < array.size(); item++) {
        find(array.get(item), with(path, item), found);
      }
    }
  }

  private static List<Object> with(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private static JsonNode at(JsonNode tree, List<Object> path) {
    JsonNode node = tree;
    for (Object step : path) {
      node = step instanceof Integer item ? node.path(item) : node.path((String) step);
    }
    return node;
  }

  private static Node at(Node tree, List<Object> path) {
    Node node = tree;
    for (Object step : path) {
      node =
          switch (node) {
            case Node.Sequence list -> list.items().get((Integer) step);
            case Node.Mapping section -> below(section, (String) step);
            case Node.Scalar scalar -> throw new IllegalArgumentException("no way on: " + scalar);
          };
    }
    return node;
  }

  private static Node below(Node.Mapping section, String key) {
    return Optional.ofNullable(section.entries().get(key)).orElseThrow();
  }

  private static int last(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar.line();
      case Node.Sequence list ->
          list.items().stream().mapToInt(MutatedFile::last).max().orElse(list.line());
      case Node.Mapping section ->
          section.entries().values().stream()
              .mapToInt(MutatedFile::last)
              .max()
              .orElse(section.line());
    };
  }
}
