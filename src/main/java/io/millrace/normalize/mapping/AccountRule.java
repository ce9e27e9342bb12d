package io.millrace.normalize.mapping;

import io.millrace.yaml.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an event names its company.
 *
 * @param on record types whose events name a company; every type when empty
 * @param domain its internet domain
 * @param ids ids by name: {@code company} becomes the external id {@code company_id}
 */
public record AccountRule(List<String> on, Optional<Expression> domain, List<IdRule> ids) {
  static final AccountRule NONE = new AccountRule(List.of(), Optional.empty(), List.of());

  public AccountRule {
    on = List.copyOf(on);
    ids = List.copyOf(ids);
  }

  /**
   * The company as far as the event names one.
   *
   * @param rules the more important ones first
   */
  public static NamedAccount account(List<AccountRule> rules, String recordType, Scope scope) {
    List<AccountRule> asked =
        rules.stream().filter(rule -> rule.on.isEmpty() || rule.on.contains(recordType)).toList();
    return new NamedAccount(
        asked.stream().flatMap(rule -> rule.domain(scope)).findFirst(),
        asked.stream()
            .flatMap(rule -> rule.ids.stream())
            .flatMap(id -> id.id(scope).stream())
            .distinct()
            .toList());
  }

  private Stream<String> domain(Scope scope) {
    return domain
        .flatMap(path -> path.text(scope))
        .map(text -> ComposedText.of(text.strip().toLowerCase(Locale.ROOT)))
        .stream();
  }

  static AccountRule read(Section section) {
    return new AccountRule(
        section.texts("on"), section.parsed("domain", Expression::parse), IdRule.read(section));
  }
}
