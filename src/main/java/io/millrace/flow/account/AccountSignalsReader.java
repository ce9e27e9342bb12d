package io.millrace.flow.account;

import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Set;

/** Reads {@code account-signals.yaml}. */
public final class AccountSignalsReader {
  private AccountSignalsReader() {}

  /**
   * Reads the file and reports every fault in it.
   *
   * @param personSignals the names of all signals of people
   */
  public static List<AccountSignalRule> read(Section file, Set<String> personSignals) {
    List<Section> sections = file.sections("signals");
    RuleFields.refuseRepeated(sections, "signal");
    return sections.stream().map(section -> signal(section, personSignals)).toList();
  }

  private static AccountSignalRule signal(Section section, Set<String> personSignals) {
    return new AccountSignalRule(
        RuleFields.name(section, "signal"),
        RuleFields.text(section, "description", "Three people within a week"),
        section
            .require("people", "3")
            .integer("people", 2, AccountSignalRule.MOST_PEOPLE)
            .orElse(2),
        RuleFields.declared(section, "with", personSignals),
        RuleFields.requiredDuration(section, "within"));
  }
}
