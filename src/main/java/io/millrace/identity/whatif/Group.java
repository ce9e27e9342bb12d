package io.millrace.identity.whatif;

import io.millrace.event.LinkedIdentifier;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Identifiers that are one person, or one account.
 *
 * @param owner the id of the strongest one
 * @param members all of them, sorted by id
 */
public record Group(String owner, List<LinkedIdentifier> members) {
  public Group {
    members = members.stream().sorted(Comparator.comparing(LinkedIdentifier::getId)).toList();
  }

  /** The ids of its members. */
  public Set<String> ids() {
    return members.stream().map(LinkedIdentifier::getId).collect(Collectors.toUnmodifiableSet());
  }
}
