package io.millrace.normalize.mapping;

import io.millrace.event.AccountIdentity;
import io.millrace.yaml.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an event names its company.
 *
 * @param on record types whose events name a company; every type when empty
 * @param domain its internet domain
 * @param ids ids by name, best first: {@code company} becomes the external id {@code company_id}
 *     and, where there is no domain, the key {@code company:123}
 */
public record AccountRule(
    List<String> on, Optional<Expression> domain, Map<String, Expression> ids) {
  static final AccountRule NONE = new AccountRule(List.of(), Optional.empty(), Map.of());

  public AccountRule {
    on = List.copyOf(on);
    ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
  }

  /** The company, if the event identifies one. */
  public Optional<AccountIdentity> account(String recordType, Scope scope) {
    if (!on.isEmpty() && !on.contains(recordType)) {
      return Optional.empty();
    }
    Optional<String> name =
        domain
            .flatMap(path -> path.text(scope))
            .map(text -> ComposedText.of(text.strip().toLowerCase(Locale.ROOT)));
    Map<String, String> external = new LinkedHashMap<>();
    ids.forEach((id, path) -> path.text(scope).ifPresent(text -> external.put(id + "_id", text)));
    return name.or(() -> firstId(scope))
        .map(
            key ->
                AccountIdentity.newBuilder()
                    .setKey(ComposedText.of(key))
                    .setDomain(name.orElse(null))
                    .setExternalIds(external)
                    .build());
  }

  private Optional<String> firstId(Scope scope) {
    for (Map.Entry<String, Expression> id : ids.entrySet()) {
      Optional<String> text = id.getValue().text(scope);
      if (text.isPresent()) {
        return Optional.of(id.getKey() + ":" + text.get());
      }
    }
    return Optional.empty();
  }

  static AccountRule read(Section section) {
    return new AccountRule(
        section.texts("on"),
        section.parsed("domain", Expression::parse),
        section.parsedByName("ids", Expression::parse));
  }
}
