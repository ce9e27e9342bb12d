package io.millrace.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a scoring model: {@code scoring.yaml}, {@code scoring-candidate.yaml}. */
final class ScoringReader {
  private static final int MOST = 1_000_000;

  private final RuleFiles files;
  private final Set<String> countable;

  /**
   * @param countable every activity a rule may name
   */
  ScoringReader(RuleFiles files, Set<String> countable) {
    this.files = files;
    this.countable = countable;
  }

  ScoringModel read(String name) {
    RuleFields file =
        files.file(
            name, List.of("model", "version", "min", "max", "halfLife", "rules", "thresholds"));
    Optional<Duration> halfLife = halfLife(file);
    List<ScoreRule> rules =
        file
            .list("rules", List.of("rule", "activity", "when", "points", "cap", "halfLife"))
            .stream()
            .map(fields -> rule(fields, halfLife))
            .toList();
    files.refuseRepeated(name, "rule", rules.stream().map(ScoreRule::name));
    int min = file.number("min", -MOST, MOST);
    int max = file.number("max", -MOST, MOST);
    if (min >= max && file.has("min") && file.has("max")) {
      file.fault("max", max + " must be more than min, " + min);
    }
    List<Threshold> thresholds =
        file.list("thresholds", List.of("threshold", "at", "again", "raises")).stream()
            .map(fields -> threshold(fields, min, max))
            .toList();
    files.refuseRepeated(name, "threshold", thresholds.stream().map(Threshold::name));
    return new ScoringModel(file.name("model"), file.text("version"), min, max, rules, thresholds);
  }

  private ScoreRule rule(RuleFields fields, Optional<Duration> modelHalfLife) {
    Optional<String> activity =
        fields.has("activity")
            ? Optional.of(fields.declared("activity", countable))
            : Optional.empty();
    if (activity.isEmpty() && !fields.has("when")) {
      fields.fault("rule", "needs an activity, or when, or both");
    }
    if (activity.isEmpty() && fields.has("halfLife")) {
      fields.fault("halfLife", "belongs to an activity; without one, points last as long as when");
    }
    Optional<Duration> halfLife = halfLife(fields);
    return new ScoreRule(
        fields.name("rule"),
        activity,
        fields.expression("when", text -> ScoreExpression.condition(text, countable)),
        points(fields),
        cap(fields),
        activity.flatMap(any -> halfLife.or(() -> modelHalfLife)));
  }

  private Points points(RuleFields fields) {
    if (!fields.isText("points")) {
      return new Points.Fixed(fields.points("points"));
    }
    return fields
        .expression("points", text -> ScoreExpression.number(text, countable))
        .<Points>map(Points.Formula::new)
        .orElseGet(() -> new Points.Fixed(1));
  }

  private static Optional<Double> cap(RuleFields fields) {
    Optional<Double> cap = fields.has("cap") ? Optional.of(fields.points("cap")) : Optional.empty();
    if (cap.filter(limit -> limit < 0).isPresent()) {
      fields.fault("cap", "must be more than 0: it limits what is added and what is taken");
    }
    return cap;
  }

  private static Optional<Duration> halfLife(RuleFields fields) {
    Optional<Duration> halfLife = fields.optionalDuration("halfLife");
    if (halfLife.filter(Duration::isZero).isPresent()) {
      fields.fault("halfLife", "must be more than nothing");
    }
    return halfLife;
  }

  /** Everybody begins at 0, so only what is more can be reached; what is min is never below it. */
  private static Threshold threshold(RuleFields fields, int min, int max) {
    int at = fields.number("at", Math.max(1, min + 1), Math.max(1, max));
    int again = fields.has("again") ? fields.number("again", min + 1, at) : at;
    String raises = fields.text("raises");
    if (!raises.isEmpty() && !EventTypes.isOne(raises)) {
      fields.fault("raises", "'" + raises + "' must be an event type such as lead.qualified");
    }
    return new Threshold(fields.name("threshold"), at, again, raises);
  }
}
