package io.millrace.flow.engagement;

import io.millrace.model.RuleFields;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The rules in topology/rules/context.yaml; usually none. */
public record ContextRules(List<ContextRule> all) {
  private static final String FILE = "context.yaml";

  /** Limited because a waiting event is not counted, scored or reported. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  public ContextRules {
    all = List.copyOf(all);
  }

  /**
   * Reads the file of a folder; without the file nothing waits.
   *
   * @throws InvalidFileException with every fault of the file
   */
  public static ContextRules load(Path directory) {
    Path file = directory.resolve(FILE);
    return Files.exists(file)
        ? YamlFile.read(file, ContextRules::read)
        : new ContextRules(List.of());
  }

  private static ContextRules read(Section file) {
    List<Section> sections = file.sections("contexts");
    RuleFields.refuseRepeated(sections, "context");
    return new ContextRules(sections.stream().map(ContextRules::rule).toList());
  }

  private static ContextRule rule(Section section) {
    return new ContextRule(
        RuleFields.name(section, "context"),
        RuleFields.eventTypes(section, "events"),
        RuleFields.eventTypes(section, "needs"),
        section
            .require("wait", "PT30S")
            .duration("wait", Duration.ZERO, LONGEST_WAIT)
            .orElse(Duration.ZERO));
  }
}
