package io.millrace.normalize.field;

import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of fields: the format of each canonical field, for all sources. */
public final class FieldRules {
  private static final String FILE = "fields.yaml";
  private static final FieldRules NONE = new FieldRules(List.of(), List.of());

  private final Map<String, List<FieldRule>> byField;
  private final List<AtLeastOneRule> requirements;

  private FieldRules(List<FieldRule> fields, List<AtLeastOneRule> requirements) {
    this.byField = fields.stream().collect(Collectors.groupingBy(FieldRule::field));
    this.requirements = List.copyOf(requirements);
  }

  /** An empty table: every value is accepted as sent. */
  public static FieldRules none() {
    return NONE;
  }

  /**
   * Reads {@code fields.yaml} of a folder.
   *
   * @throws InvalidFileException with every fault, including unknown keys
   */
  public static FieldRules load(Path directory) {
    return YamlFile.read(directory.resolve(FILE), FieldRules::read);
  }

  public static FieldRules read(Section section) {
    return new FieldRules(
        section.oneOrMore("fields").stream().map(FieldRule::read).toList(),
        section.oneOrMore(AtLeastOneRule.KIND).stream().map(AtLeastOneRule::read).toList());
  }

  /** The first entry for the field that applies to such events. */
  public Optional<FieldRule> find(String field, String recordType, String eventType) {
    for (FieldRule rule : byField.getOrDefault(field, List.of())) {
      if (rule.isFor(recordType, eventType)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  public List<AtLeastOneRule> requirements() {
    return requirements;
  }
}
