package io.millrace.flow.score;

import io.millrace.model.EventTypes;
import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a scoring model: {@code scoring.yaml}, {@code scoring-candidate.yaml}. */
public final class ScoringReader {

  private final Set<String> countable;

  /**
   * @param countable every activity a rule may name
   */
  public ScoringReader(Set<String> countable) {
    this.countable = countable;
  }

  public ScoringModel read(Section file) {
    Optional<Duration> halfLife = halfLife(file);
    List<Section> rules = file.sections("rules");
    RuleFields.refuseRepeated(rules, "rule");
    List<Section> thresholds = file.sections("thresholds");
    RuleFields.refuseRepeated(thresholds, "threshold");
    ScoreRange range = ScoreRange.read(file);
    return new ScoringModel(
        RuleFields.name(file, "model"),
        RuleFields.text(file, "version", "1"),
        range.min(),
        range.max(),
        rules.stream().map(section -> rule(section, halfLife)).toList(),
        thresholds.stream().map(section -> threshold(section, range)).toList());
  }

  private ScoreRule rule(Section section, Optional<Duration> modelHalfLife) {
    Optional<String> activity = section.text("activity");
    activity.ifPresent(name -> RuleFields.refuseUndeclared(section, "activity", name, countable));
    if (!section.has("activity") && !section.has("when")) {
      section.fault("the rule has neither activity nor when", "add one of them, or both");
    }
    Optional<Duration> halfLife = halfLife(section);
    if (!section.has("activity") && section.has("halfLife")) {
      section.fault(
          "halfLife",
          "halfLife has no effect without an activity",
          "remove it: without an activity, points last as long as when is true");
    }
    return new ScoreRule(
        RuleFields.name(section, "rule"),
        activity,
        section.parsed("when", text -> ScoreExpression.condition(text, countable)),
        points(section.require("points", "5")),
        cap(section),
        activity.flatMap(any -> halfLife.or(() -> modelHalfLife)));
  }

  private static Optional<Duration> halfLife(Section section) {
    return section.duration("halfLife", Duration.ofSeconds(1), RuleFields.LONGEST);
  }

  private Points points(Section section) {
    if (!section.isText("points")) {
      return new Points.Fixed(RuleFields.points(section, "points"));
    }
    return section
        .parsed("points", text -> ScoreExpression.number(text, countable))
        .<Points>map(Points.Formula::new)
        .orElseGet(() -> new Points.Fixed(1));
  }

  /** The cap of a rule. */
  public static Optional<Double> cap(Section section) {
    if (!section.has("cap")) {
      return Optional.empty();
    }
    double cap = RuleFields.points(section, "cap");
    if (cap < 0) {
      section.fault("cap", "cap is less than 0", "make it positive: it limits both directions");
    }
    return Optional.of(cap);
  }

  /** Every person begins at 0, so a threshold must be greater; a score is never below min. */
  private static Threshold threshold(Section section, ScoreRange range) {
    return threshold(section, range, "lead.qualified");
  }

  /**
   * The same for scores of others than people.
   *
   * @param example an event type that it may raise
   */
  public static Threshold threshold(Section section, ScoreRange range, String example) {
    int min = range.min();
    int max = range.max();
    int at =
        section
            .require("at", "60")
            .integer("at", Math.max(1, min + 1), Math.max(1, max))
            .orElse(Math.max(1, max));
    int again = section.integer("again", min + 1, at).orElse(at);
    String raises = RuleFields.text(section, "raises", example);
    if (!raises.isEmpty() && !EventTypes.isOne(raises)) {
      section.fault(
          "raises", "raises: " + raises + " is not an event type", "write it as in " + example);
    }
    return new Threshold(RuleFields.name(section, "threshold"), at, again, raises);
  }
}
