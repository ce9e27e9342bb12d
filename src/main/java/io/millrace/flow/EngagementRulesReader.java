package io.millrace.flow;

import io.millrace.flow.engagement.Activities;
import io.millrace.flow.engagement.ActivitiesReader;
import io.millrace.flow.engagement.Activity;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.score.ScoringModel;
import io.millrace.flow.score.ScoringReader;
import io.millrace.flow.signal.SignalRule;
import io.millrace.flow.signal.SignalsReader;
import io.millrace.yaml.Fault;
import io.millrace.yaml.Faults;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the engagement rules and reports every fault in them. */
final class EngagementRulesReader {
  private static final String SCORING = "scoring.yaml";
  private static final String CANDIDATE = "scoring-candidate.yaml";

  private final Path directory;
  private final Faults faults = new Faults();

  EngagementRulesReader(Path directory) {
    this.directory = directory;
  }

  EngagementRules read() {
    List<Activity> activities =
        read(ActivitiesReader.FILE, ActivitiesReader::read).orElse(List.of());
    Set<String> countable = new HashSet<>();
    activities.forEach(activity -> countable.add(activity.name()));
    List<SignalRule> signals =
        read(SignalsReader.FILE, file -> SignalsReader.read(file, Set.copyOf(countable)))
            .orElse(List.of());
    signals.forEach(signal -> countable.add(ScoreInput.SIGNAL_PREFIX + signal.name()));
    ScoringReader models = new ScoringReader(countable);
    Optional<ScoringModel> scoring = read(SCORING, models::read);
    Optional<ScoringModel> candidate =
        Files.exists(directory.resolve(CANDIDATE))
            ? read(CANDIDATE, models::read)
            : Optional.empty();
    Optional<String> title = scoring.map(ScoringModel::title);
    if (title.isPresent() && candidate.map(ScoringModel::title).equals(title)) {
      faults.add(
          new Fault(
              directory.resolve(CANDIDATE).toString(),
              "model and version are the same as in " + SCORING,
              "change one of them: the topic distinguishes the models by them"));
    }
    faults.refuse();
    return new EngagementRules(
        new Activities(activities), signals, scoring.orElseThrow(), candidate);
  }

  private <T> Optional<T> read(String file, Function<Section, T> reader) {
    return YamlFile.read(directory.resolve(file), faults, reader);
  }
}
