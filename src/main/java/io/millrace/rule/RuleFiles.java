package io.millrace.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rule files of a folder, and everything that is wrong with them. */
final class RuleFiles {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final Path directory;
  private final List<String> faults = new ArrayList<>();

  RuleFiles(Path directory) {
    this.directory = directory;
  }

  List<String> faults() {
    return faults;
  }

  boolean has(String name) {
    return Files.exists(directory.resolve(name));
  }

  /** What a file holds, and the keys it may have. */
  RuleFields file(String name, List<String> keys) {
    return new RuleFields(name + ":", tree(name), faults, keys);
  }

  void refuseRepeated(String file, String kind, Stream<String> names) {
    Set<String> seen = new HashSet<>();
    names
        .filter(name -> !seen.add(name))
        .forEach(name -> faults.add(file + ": " + kind + " '" + name + "' is declared twice"));
  }

  private JsonNode tree(String name) {
    Path file = directory.resolve(name);
    try {
      return YAML.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException notYaml) {
      faults.add(name + ": is not YAML: " + notYaml.getOriginalMessage());
    } catch (IOException unreadable) {
      faults.add(name + ": cannot be read at " + file.toAbsolutePath() + ": " + unreadable);
    }
    return MissingNode.getInstance();
  }
}
