package io.millrace.flow.usage;

import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code usage.yaml} and reports every fault in it. */
public final class UsageReader {
  static final String FILE = "usage.yaml";

  private final Set<String> activities;

  public UsageReader(Set<String> activities) {
    this.activities = activities;
  }

  public List<UsageRule> read(Section file) {
    List<Section> sections = file.sections("usages");
    RuleFields.refuseRepeated(sections, "usage");
    return sections.stream().map(this::rule).toList();
  }

  private UsageRule rule(Section section) {
    String name = RuleFields.name(section, "usage");
    String description = RuleFields.text(section, "description", "Uses within a week");
    if (!section.has("steps")) {
      return times(section, name, description);
    }
    for (String key : List.of("activity", "within", "upTo", "remember")) {
      if (section.has(key)) {
        section.fault(
            key,
            key + " cannot be combined with steps",
            "remove one of them: a rule counts either an activity or steps");
      }
    }
    return new UsageRule.Steps(name, description, steps(section));
  }

  private UsageRule times(Section section, String name, String description) {
    return new UsageRule.Times(
        name,
        description,
        RuleFields.declared(section, "activity", activities),
        RuleFields.requiredDuration(section, "within"),
        section.integer("upTo", 2, UsageRule.Times.MOST).orElse(UsageRule.Times.DEFAULT_UP_TO),
        RuleFields.duration(section, "remember").orElse(UsageRule.Times.DEFAULT_REMEMBER));
  }

  private List<String> steps(Section section) {
    List<String> steps = section.requiredTexts("steps", "[first-step, second-step]");
    Set<String> seen = new HashSet<>();
    for (String step : steps) {
      RuleFields.refuseUndeclared(section, "steps", step, activities);
      if (!seen.add(step)) {
        section.fault("steps", "steps: " + step + " is listed twice", "keep one of them");
      }
    }
    if (steps.size() > UsageRule.Steps.MOST) {
      section.fault("steps", "there are too many steps", "name at most " + UsageRule.Steps.MOST);
    }
    return steps;
  }
}
