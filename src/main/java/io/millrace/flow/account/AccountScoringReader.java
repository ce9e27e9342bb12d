package io.millrace.flow.account;

import io.millrace.flow.score.ScoreRange;
import io.millrace.flow.score.ScoringReader;
import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code account-scoring.yaml}. */
public final class AccountScoringReader {
  private static final Map<String, AccountRule.Take> TAKES =
      Map.of(
          "highest", AccountRule.Take.HIGHEST,
          "sum", AccountRule.Take.SUM,
          "average", AccountRule.Take.AVERAGE);

  private final Set<String> personSignals;

  /**
   * A reader that knows the names of all signals of people.
   *
   * @param personSignals every signal a condition may name
   */
  public AccountScoringReader(Set<String> personSignals) {
    this.personSignals = personSignals;
  }

  /** Reads the file and reports every fault in it. */
  public AccountModel read(Section file) {
    List<Section> rules = file.sections("rules");
    RuleFields.refuseRepeated(rules, "rule");
    List<Section> thresholds = file.sections("thresholds");
    RuleFields.refuseRepeated(thresholds, "threshold");
    ScoreRange range = ScoreRange.read(file);
    return new AccountModel(
        RuleFields.name(file, "model"),
        RuleFields.text(file, "version", "1"),
        range.min(),
        range.max(),
        rules.stream().map(this::rule).toList(),
        thresholds.stream()
            .map(section -> ScoringReader.threshold(section, range, "account.qualified"))
            .toList());
  }

  private AccountRule rule(Section section) {
    String name = RuleFields.name(section, "rule");
    if (section.has("people") == section.has("take")) {
      section.fault(
          "the rule needs either people or take",
          "write people: \"score >= 40\" with points, or take: highest with a factor");
      section.skipRest();
    }
    return section.has("take") ? scores(section, name) : people(section, name);
  }

  private AccountRule people(Section section, String name) {
    refuse(section, "factor", "people");
    Optional<PersonCondition> condition =
        section.parsed("people", text -> PersonCondition.of(text, personSignals));
    return new AccountRule.People(
        name,
        condition.orElseGet(() -> PersonCondition.of("false", personSignals)),
        RuleFields.points(section.require("points", "10"), "points"),
        ScoringReader.cap(section));
  }

  private static AccountRule scores(Section section, String name) {
    refuse(section, "points", "take");
    String take = RuleFields.declared(section, "take", TAKES.keySet());
    double factor = section.has("factor") ? RuleFields.points(section, "factor") : 1;
    return new AccountRule.Scores(
        name,
        TAKES.getOrDefault(take, AccountRule.Take.HIGHEST),
        factor,
        ScoringReader.cap(section));
  }

  private static void refuse(Section section, String key, String with) {
    if (section.has(key)) {
      section.fault(key, key + " cannot be combined with " + with, "remove one of them");
    }
  }
}
