package io.millrace.rule;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is declared in topology/rules/usage.yaml. */
public record UsageRules(List<UsageRule> all) {
  public UsageRules {
    all = List.copyOf(all);
  }

  /**
   * Reads the file of a folder.
   *
   * @param activities what the rules may speak of
   * @throws InvalidRulesException with every fault of the file
   */
  public static UsageRules load(Path directory, Activities activities) {
    Set<String> names =
        activities.all().stream().map(Activity::name).collect(Collectors.toUnmodifiableSet());
    return new UsageRules(new UsageReader(new RuleFiles(directory), names).read());
  }
}
