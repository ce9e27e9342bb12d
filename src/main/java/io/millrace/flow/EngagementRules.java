package io.millrace.flow;

import io.millrace.flow.engagement.Activities;
import io.millrace.flow.score.ScoringModel;
import io.millrace.flow.signal.SignalRule;
import io.millrace.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The engagement rules: topology/rules/activities.yaml, signals.yaml, scoring.yaml.
 *
 * @param candidate a second model, from scoring-candidate.yaml, to compare with the first
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
   * Reads the files of a folder; the candidate is optional.
   *
   * @throws InvalidFileException with every fault in any of them
   */
  public static EngagementRules load(Path directory) {
    return new EngagementRulesReader(directory).read();
  }

  /** The names of all signals of people. */
  Set<String> signalNames() {
    return signals.stream().map(SignalRule::name).collect(Collectors.toUnmodifiableSet());
  }
}
