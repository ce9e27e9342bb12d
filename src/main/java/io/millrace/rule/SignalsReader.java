package io.millrace.rule;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads {@code signals.yaml}. */
final class SignalsReader {
  private static final String FILE = "signals.yaml";

  private final RuleFiles files;

  SignalsReader(RuleFiles files) {
    this.files = files;
  }

  List<SignalRule> read(Set<String> activities) {
    List<String> keys =
        List.of("signal", "description", "activity", "count", "within", "cooldown", "remember");
    List<SignalRule> signals =
        files.file(FILE, List.of("signals")).list("signals", keys).stream()
            .map(fields -> signal(fields, activities))
            .toList();
    files.refuseRepeated(FILE, "signal", signals.stream().map(SignalRule::name));
    return signals;
  }

  private static SignalRule signal(RuleFields fields, Set<String> activities) {
    SignalRule rule =
        new SignalRule(
            fields.name("signal"),
            fields.text("description"),
            fields.declared("activity", activities),
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
}
