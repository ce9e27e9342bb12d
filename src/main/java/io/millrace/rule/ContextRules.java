package io.millrace.rule;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What is declared in topology/rules/context.yaml; mostly nothing. */
public record ContextRules(List<ContextRule> all) {
  private static final String FILE = "context.yaml";
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  public ContextRules {
    all = List.copyOf(all);
  }

  /**
   * Reads the file of a folder; without one nothing waits.
   *
   * @throws InvalidRulesException with every fault of the file
   */
  public static ContextRules load(Path directory) {
    RuleFiles files = new RuleFiles(directory);
    if (!files.has(FILE)) {
      return new ContextRules(List.of());
    }
    List<ContextRule> rules =
        files
            .file(FILE, List.of("contexts"))
            .list("contexts", List.of("context", "events", "needs", "wait"))
            .stream()
            .map(ContextRules::rule)
            .toList();
    files.refuseRepeated(FILE, "context", rules.stream().map(ContextRule::name));
    if (!files.faults().isEmpty()) {
      throw new InvalidRulesException(files.faults());
    }
    return new ContextRules(rules);
  }

  private static ContextRule rule(RuleFields fields) {
    ContextRule rule =
        new ContextRule(
            fields.name("context"),
            types(fields, "events"),
            types(fields, "needs"),
            fields.duration("wait"));
    if (rule.atMost().compareTo(LONGEST_WAIT) > 0) {
      fields.fault(
          "wait", rule.atMost() + " is too long: what waits is not counted, scored or told");
    }
    return rule;
  }

  private static List<String> types(RuleFields fields, String key) {
    List<String> types = fields.texts(key);
    types.stream()
        .filter(type -> !EventTypes.isDeclarable(type))
        .forEach(
            type ->
                fields.fault(key, "'" + type + "' must be a type such as page.viewed or page.*"));
    return types;
  }
}
