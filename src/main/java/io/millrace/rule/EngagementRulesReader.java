package io.millrace.rule;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads the rules about engagement and finds everything that is wrong with them. */
final class EngagementRulesReader {
  private static final String ACTIVITIES = "activities.yaml";
  private static final String SIGNALS = "signals.yaml";
  private static final String SCORING = "scoring.yaml";

  private final Path directory;
  private final List<String> faults = new ArrayList<>();

  EngagementRulesReader(Path directory) {
    this.directory = directory;
  }

  EngagementRules read() {
    List<Activity> activities = activities();
    Set<String> countable = names(activities, Activity::name);
    List<SignalRule> signals = signals(countable);
    names(signals, SignalRule::name)
        .forEach(signal -> countable.add(Behaviour.SIGNAL_PREFIX + signal));
    ScoringModel scoring = scoring(countable);
    if (!faults.isEmpty()) {
      throw new InvalidRulesException(faults);
    }
    return new EngagementRules(new Activities(activities), signals, scoring);
  }

  private List<Activity> activities() {
    RuleFields file = file(ACTIVITIES, List.of("activities"));
    List<RuleFields> elements =
        file.list("activities", List.of("activity", "description", "events", "allOf", "anyOf"));
    List<Activity> activities = elements.stream().map(this::activity).toList();
    refuseRepeated(ACTIVITIES, "activity", activities.stream().map(Activity::name));
    return activities;
  }

  private Activity activity(RuleFields fields) {
    List<String> events = fields.texts("events");
    events.stream()
        .filter(type -> !EventTypes.isDeclarable(type))
        .forEach(
            type ->
                fields.fault(
                    "events", "'" + type + "' must be a type such as page.viewed or page.*"));
    return new Activity(
        fields.name("activity"),
        fields.text("description"),
        events,
        conditions(fields, "allOf"),
        conditions(fields, "anyOf"));
  }

  private static List<Condition> conditions(RuleFields fields, String key) {
    List<String> keys = List.of("field", "equals", "startsWith", "contains", "matches");
    return fields.list(key, keys).stream().flatMap(EngagementRulesReader::condition).toList();
  }

  private static Stream<Condition> condition(RuleFields fields) {
    String field = fields.text("field");
    List<String> tests =
        Stream.of("equals", "startsWith", "contains", "matches").filter(fields::has).toList();
    if (tests.size() != 1) {
      fields.fault("field", "needs exactly one of equals, startsWith, contains and matches");
      return Stream.empty();
    }
    String test = tests.getFirst();
    String text = fields.text(test);
    return switch (test) {
      case "equals" -> Stream.of(new Condition.Equals(field, text));
      case "startsWith" -> Stream.of(new Condition.StartsWith(field, text));
      case "contains" -> Stream.of(new Condition.Contains(field, text));
      default -> expression(fields, field, text);
    };
  }

  private static Stream<Condition> expression(RuleFields fields, String field, String text) {
    try {
      return Stream.of(new Condition.Matches(field, Pattern.compile(text)));
    } catch (PatternSyntaxException wrong) {
      fields.fault("matches", "is not a regular expression: " + wrong.getDescription());
      return Stream.empty();
    }
  }

  private List<SignalRule> signals(Set<String> activities) {
    List<String> keys =
        List.of("signal", "description", "activity", "count", "within", "cooldown", "remember");
    List<SignalRule> signals =
        file(SIGNALS, List.of("signals")).list("signals", keys).stream()
            .map(fields -> signal(fields, activities))
            .toList();
    refuseRepeated(SIGNALS, "signal", signals.stream().map(SignalRule::name));
    return signals;
  }

  private SignalRule signal(RuleFields fields, Set<String> activities) {
    SignalRule rule =
        new SignalRule(
            fields.name("signal"),
            fields.text("description"),
            declared(fields, activities),
            fields.number("count", 1, SignalRule.MAX_COUNT),
            fields.duration("within"),
            fields.optionalDuration("cooldown").orElse(Duration.ZERO),
            fields.optionalDuration("remember").orElse(SignalRule.DEFAULT_REMEMBER));
    if (rule.remember().compareTo(rule.within()) < 0) {
      fields.fault(
          "remember", rule.remember() + " must not be shorter than within, " + rule.within());
    }
    return rule;
  }

  private ScoringModel scoring(Set<String> countable) {
    RuleFields file = file(SCORING, List.of("model", "version", "min", "max", "halfLife", "rules"));
    Optional<Duration> halfLife = halfLife(file);
    List<ScoreRule> rules =
        file.list("rules", List.of("rule", "activity", "points", "cap", "halfLife")).stream()
            .map(fields -> scoreRule(fields, countable, halfLife))
            .toList();
    refuseRepeated(SCORING, "rule", rules.stream().map(ScoreRule::name));
    int min = file.number("min", -1_000_000, 1_000_000);
    int max = file.number("max", -1_000_000, 1_000_000);
    if (min >= max && file.has("min") && file.has("max")) {
      file.fault("max", max + " must be more than min, " + min);
    }
    return new ScoringModel(file.name("model"), file.text("version"), min, max, rules);
  }

  private static ScoreRule scoreRule(
      RuleFields fields, Set<String> countable, Optional<Duration> modelHalfLife) {
    Optional<Double> cap = fields.has("cap") ? Optional.of(fields.points("cap")) : Optional.empty();
    if (cap.filter(limit -> limit < 0).isPresent()) {
      fields.fault("cap", "must be more than 0: it limits what is added and what is taken");
    }
    return new ScoreRule(
        fields.name("rule"),
        declared(fields, countable),
        fields.points("points"),
        cap,
        halfLife(fields).or(() -> modelHalfLife));
  }

  private static Optional<Duration> halfLife(RuleFields fields) {
    Optional<Duration> halfLife = fields.optionalDuration("halfLife");
    if (halfLife.filter(Duration::isZero).isPresent()) {
      fields.fault("halfLife", "must be more than nothing");
    }
    return halfLife;
  }

  private static String declared(RuleFields fields, Set<String> countable) {
    String activity = fields.text("activity");
    if (!activity.isEmpty() && !countable.contains(activity)) {
      fields.fault(
          "activity",
          "'%s' is not declared; declared are %s"
              .formatted(activity, String.join(", ", countable.stream().sorted().toList())));
    }
    return activity;
  }

  private void refuseRepeated(String file, String kind, Stream<String> names) {
    Set<String> seen = new HashSet<>();
    names
        .filter(name -> !seen.add(name))
        .forEach(name -> faults.add(file + ": " + kind + " '" + name + "' is declared twice"));
  }

  private static <T> Set<String> names(List<T> values, Function<T, String> name) {
    return new HashSet<>(values.stream().map(name).toList());
  }

  private RuleFields file(String name, List<String> keys) {
    return RuleFile.open(directory, name, faults, keys);
  }
}
