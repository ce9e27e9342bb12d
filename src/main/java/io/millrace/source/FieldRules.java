package io.millrace.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.rule.InvalidRulesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of fields: what each canonical field is meant to hold, whatever the source. */
public final class FieldRules {
  private static final String FILE = "fields.yaml";
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final FieldRules NONE = new FieldRules(List.of(), List.of());

  private final Map<String, List<FieldRule>> byField;
  private final List<FieldDemand> demands;

  private FieldRules(List<FieldRule> fields, List<FieldDemand> demands) {
    this.byField = fields.stream().collect(Collectors.groupingBy(FieldRule::field));
    this.demands = List.copyOf(demands);
  }

  /** A table without lines: every value is taken as sent. */
  public static FieldRules none() {
    return NONE;
  }

  /**
   * Reads {@code fields.yaml} of a folder.
   *
   * @throws InvalidRulesException that names every fault, unknown keys among them
   * @throws UncheckedIOException when the file cannot be read
   */
  public static FieldRules load(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      return of(YAML.readTree(Files.readString(file)));
    } catch (JsonProcessingException invalid) {
      throw new InvalidRulesException(
          List.of(FILE + ": is not YAML: " + invalid.getOriginalMessage()));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the table of fields in " + file, failure);
    }
  }

  static FieldRules of(JsonNode file) {
    try {
      return Section.read(file, FILE + ":", FieldRules::read);
    } catch (InvalidSectionException invalid) {
      throw new InvalidRulesException(invalid.faults());
    }
  }

  private static FieldRules read(Section section) {
    return new FieldRules(
        section.sections("fields", FieldRule::read),
        section.sections(FieldDemand.KIND, FieldDemand::read));
  }

  /** The first line for the field that is for such events. */
  Optional<FieldRule> find(String field, String recordType, String eventType) {
    for (FieldRule rule : byField.getOrDefault(field, List.of())) {
      if (rule.isFor(recordType, eventType)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  List<FieldDemand> demands() {
    return demands;
  }
}
