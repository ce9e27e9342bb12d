package io.millrace.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code usage.yaml} and finds everything that is wrong with it. */
final class UsageReader {
  private static final String FILE = "usage.yaml";

  private final RuleFiles files;
  private final Set<String> activities;

  UsageReader(RuleFiles files, Set<String> activities) {
    this.files = files;
    this.activities = activities;
  }

  /** None where there is no file. */
  List<UsageRule> read() {
    if (!files.has(FILE)) {
      return List.of();
    }
    List<String> keys =
        List.of("usage", "description", "activity", "within", "upTo", "remember", "steps");
    List<UsageRule> rules =
        files.file(FILE, List.of("usages")).list("usages", keys).stream().map(this::rule).toList();
    files.refuseRepeated(FILE, "usage", rules.stream().map(UsageRule::name));
    if (!files.faults().isEmpty()) {
      throw new InvalidRulesException(files.faults());
    }
    return rules;
  }

  private UsageRule rule(RuleFields fields) {
    String name = fields.name("usage");
    String description = fields.text("description");
    if (!fields.has("steps")) {
      return times(fields, name, description);
    }
    for (String key : List.of("activity", "within", "upTo", "remember")) {
      if (fields.has(key)) {
        fields.fault(key, "does not go with steps: either an activity is counted or steps are");
      }
    }
    return new UsageRule.Steps(name, description, steps(fields));
  }

  private UsageRule times(RuleFields fields, String name, String description) {
    String activity = fields.text("activity");
    check(fields, "activity", activity);
    return new UsageRule.Times(
        name,
        description,
        activity,
        fields.duration("within"),
        fields.has("upTo")
            ? fields.number("upTo", 2, UsageRule.Times.MOST)
            : UsageRule.Times.DEFAULT_UP_TO,
        fields.optionalDuration("remember").orElse(UsageRule.Times.DEFAULT_REMEMBER));
  }

  private List<String> steps(RuleFields fields) {
    List<String> steps = fields.texts("steps");
    Set<String> seen = new HashSet<>();
    for (String step : steps) {
      check(fields, "steps", step);
      if (!seen.add(step)) {
        fields.fault("steps", "'" + step + "' is there twice");
      }
    }
    if (steps.size() > UsageRule.Steps.MOST) {
      fields.fault("steps", "must be no more than " + UsageRule.Steps.MOST);
    }
    return steps;
  }

  private void check(RuleFields fields, String key, String activity) {
    if (!activity.isEmpty() && !activities.contains(activity)) {
      fields.fault(
          key,
          "'%s' is not declared; declared are %s"
              .formatted(activity, String.join(", ", activities.stream().sorted().toList())));
    }
  }
}
