package io.millrace.rule;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rules about engagement and finds everything that is wrong with them. */
final class EngagementRulesReader {
  private static final String SCORING = "scoring.yaml";
  private static final String CANDIDATE = "scoring-candidate.yaml";

  private final RuleFiles files;

  EngagementRulesReader(Path directory) {
    files = new RuleFiles(directory);
  }

  EngagementRules read() {
    List<Activity> activities = new ActivitiesReader(files).read();
    Set<String> countable = new HashSet<>();
    activities.forEach(activity -> countable.add(activity.name()));
    List<SignalRule> signals = new SignalsReader(files).read(countable);
    signals.forEach(signal -> countable.add(Behaviour.SIGNAL_PREFIX + signal.name()));
    ScoringReader models = new ScoringReader(files, countable);
    ScoringModel scoring = models.read(SCORING);
    Optional<ScoringModel> candidate =
        files.has(CANDIDATE) ? Optional.of(models.read(CANDIDATE)) : Optional.empty();
    if (candidate.filter(model -> model.title().equals(scoring.title())).isPresent()) {
      files
          .faults()
          .add(
              CANDIDATE
                  + ": model and version are those of "
                  + SCORING
                  + "; the topic tells the two apart by them");
    }
    if (!files.faults().isEmpty()) {
      throw new InvalidRulesException(files.faults());
    }
    return new EngagementRules(new Activities(activities), signals, scoring, candidate);
  }
}
