package io.millrace.flow;

import io.millrace.flow.engagement.Activities;
import io.millrace.flow.score.ScoringModel;
import io.millrace.flow.signal.SignalRule;
import io.millrace.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is declared about engagement: topology/rules/activities.yaml, signals.yaml, scoring.yaml.
 *
 * @param candidate a second model, of scoring-candidate.yaml, to be compared with the first
 */
public record EngagementRules(
    Activities activities,
    List<SignalRule> signals,
    ScoringModel scoring,
    Optional<ScoringModel> candidate) {
  public EngagementRules {
    signals = List.copyOf(signals);
  }

  /**
   * Reads the files of a folder; there may be no candidate.
   *
   * @throws InvalidFileException with every fault of all of them
   */
  public static EngagementRules load(Path directory) {
    return new EngagementRulesReader(directory).read();
  }
}
