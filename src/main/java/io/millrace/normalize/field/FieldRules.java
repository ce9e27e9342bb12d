package io.millrace.normalize.field;

import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of fields: what each canonical field is meant to hold, whatever the source. */
public final class FieldRules {
  private static final String FILE = "fields.yaml";
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
   * @throws InvalidFileException that names every fault, unknown keys among them
   */
  public static FieldRules load(Path directory) {
    return YamlFile.read(directory.resolve(FILE), FieldRules::read);
  }

  public static FieldRules read(Section section) {
    return new FieldRules(
        section.oneOrMore("fields").stream().map(FieldRule::read).toList(),
        section.oneOrMore(FieldDemand.KIND).stream().map(FieldDemand::read).toList());
  }

  /** The first line for the field that is for such events. */
  public Optional<FieldRule> find(String field, String recordType, String eventType) {
    for (FieldRule rule : byField.getOrDefault(field, List.of())) {
      if (rule.isFor(recordType, eventType)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  public List<FieldDemand> demands() {
    return demands;
  }
}
