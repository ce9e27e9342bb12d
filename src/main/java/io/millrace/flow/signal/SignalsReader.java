package io.millrace.flow.signal;

import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads {@code signals.yaml}. */
public final class SignalsReader {
  public static final String FILE = "signals.yaml";

  private SignalsReader() {}

  public static List<SignalRule> read(Section file, Set<String> activities) {
    List<Section> sections = file.sections("signals");
    RuleFields.refuseRepeated(sections, "signal");
    return sections.stream().map(section -> signal(section, activities)).toList();
  }

  private static SignalRule signal(Section section, Set<String> activities) {
    SignalRule rule =
        new SignalRule(
            RuleFields.name(section, "signal"),
            RuleFields.text(section, "description", "Three visits in a day"),
            RuleFields.declared(section, "activity", activities),
            section.require("count", "3").integer("count", 1, SignalRule.MAX_COUNT).orElse(1),
            RuleFields.requiredDuration(section, "within"),
            RuleFields.duration(section, "cooldown").orElse(Duration.ZERO),
            RuleFields.duration(section, "remember").orElse(SignalRule.DEFAULT_REMEMBER));
    if (rule.remember().compareTo(rule.within()) < 0) {
      section.fault(
          "remember",
          "remember, " + rule.remember() + ", is shorter than within, " + rule.within(),
          "make remember at least as long");
    }
    return rule;
  }
}
