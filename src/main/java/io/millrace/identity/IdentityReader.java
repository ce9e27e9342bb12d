package io.millrace.identity;

import io.millrace.identity.IdentityRules.ErasureRequests;
import io.millrace.model.Glob;
import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code identity.yaml} and reports every fault in it. */
final class IdentityReader {
  private static final int MOST = 10_000;
  private static final int DEFAULT_LARGEST = 1_000;
  private static final int DEFAULT_MOST = 10;

  private IdentityReader() {}

  static IdentityRules read(Section file) {
    List<Section> people = file.sections("people");
    List<Section> accounts = file.sections("accounts");
    RuleFields.refuseRepeated(people, "kind");
    RuleFields.refuseRepeated(accounts, "kind");
    List<KindRule> ofPeople = people.stream().map(IdentityReader::kind).toList();
    refuseShared(accounts, ofPeople);
    return new IdentityRules(
        ofPeople,
        accounts.stream().map(IdentityReader::kind).toList(),
        file.integer("largest", 2, MOST).orElse(DEFAULT_LARGEST),
        RuleFields.differentTexts(file, "freeMail").stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        file.parsed(
                "erasureRequests",
                text -> ErasureRequests.valueOf(text.toUpperCase(Locale.ROOT)),
                "write erase or report")
            .orElse(ErasureRequests.ERASE));
  }

  private static KindRule kind(Section section) {
    return new KindRule(
        RuleFields.text(section, "kind", "email"),
        section.integer("most", 1, MOST).orElse(DEFAULT_MOST),
        section.integer("shared", 1, MOST).orElse(DEFAULT_MOST),
        section.parsedTexts("never", Glob::of));
  }

  private static void refuseShared(List<Section> accounts, List<KindRule> people) {
    Set<String> kinds = new HashSet<>();
    people.forEach(rule -> kinds.add(rule.kind()));
    for (Section section : accounts) {
      String kind = section.text("kind").orElse("");
      if (kinds.contains(kind)) {
        section.fault(
            "kind",
            "kind: " + kind + " is a kind of identifiers of people",
            "list it under people or under accounts");
      }
    }
  }
}
