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
import java.util.List;

/** Opens a file of rules; that it cannot be read is one more fault. */
final class RuleFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private RuleFile() {}

  /** The mapping a file consists of, with the keys it may have. */
  static RuleFields open(Path directory, String name, List<String> faults, List<String> keys) {
    return new RuleFields(name + ":", tree(directory.resolve(name), name, faults), faults, keys);
  }

  private static JsonNode tree(Path file, String name, List<String> faults) {
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
