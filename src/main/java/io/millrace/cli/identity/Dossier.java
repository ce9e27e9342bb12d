package io.millrace.cli.identity;

import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.whatif.KnownOwner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known about an identifier and the person, or account, it belongs to.
 *
 * @param apart the owners that one of the identifiers is linked to but kept apart from
 * @param decisions the latest about any of the identifiers, the latest last
 * @param changes the latest of any of the identifiers, the latest last
 * @param accountNames how the person's accounts are called, by id, as far as that is known
 */
record Dossier(
    Found found,
    List<Apart> apart,
    List<IdentityDecision> decisions,
    List<IdentityChange> changes,
    Map<String, String> accountNames,
    Optional<Score> score) {

  Dossier {
    apart = List.copyOf(apart);
    decisions = List.copyOf(decisions);
    changes = List.copyOf(changes);
    accountNames = Map.copyOf(accountNames);
  }

  /**
   * An owner that identifiers of this one are linked to.
   *
   * @param linked those identifiers, as operators type them
   * @param row empty if it has no row
   * @param why what keeps the two apart
   */
  record Apart(String owner, List<String> linked, Optional<KnownOwner> row, String why) {
    Apart {
      linked = List.copyOf(linked);
    }

    private Stream<String> name(LinkedIdentifier identifier) {
      return row.flatMap(owner -> owner.identifier(identifier.getId())).map(Names::of).stream();
    }
  }

  /** As operators type it, if its row is known. */
  String accountName(LinkedIdentifier account) {
    return accountNames.getOrDefault(account.getId(), Names.of(account));
  }

  /** As operators type it, if it is among the identifiers. */
  String name(LinkedIdentifier identifier) {
    return found
        .owner()
        .flatMap(row -> row.identifier(identifier.getId()))
        .map(Names::of)
        .or(() -> apart.stream().flatMap(each -> each.name(identifier)).findFirst())
        .orElseGet(() -> Names.of(identifier));
  }

  /** What the owner is called. */
  String sort() {
    return found.owner().filter(KnownOwner::isAccount).isPresent() ? "account" : "person";
  }
}
