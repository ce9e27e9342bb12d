package io.millrace.normalize.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What an event says about its company.
 *
 * @param domain in lower case
 */
public record NamedAccount(Optional<String> domain, List<NamedId> ids) {
  public static final NamedAccount NONE = new NamedAccount(Optional.empty(), List.of());

  public NamedAccount {
    ids = List.copyOf(ids);
  }
}
