package io.millrace.rule;

import java.nio.file.Path;
import java.util.List;

/**
 * What is declared about engagement: topology/rules/activities.yaml, signals.yaml, scoring.yaml.
 */
public record EngagementRules(
    Activities activities, List<SignalRule> signals, ScoringModel scoring) {
  public EngagementRules {
    signals = List.copyOf(signals);
  }

  /**
   * Reads the three files of a folder.
   *
   * @throws InvalidRulesException with every fault of all three
   */
  public static EngagementRules load(Path directory) {
    return new EngagementRulesReader(directory).read();
  }
}
