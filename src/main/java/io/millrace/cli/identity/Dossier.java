package io.millrace.cli.identity;

import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LeadScore;
import io.millrace.identity.whatif.KnownOwner;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known about an identifier and the person, or account, it belongs to.
 *
 * @param apart the owners that one of the identifiers is linked to but kept apart from
 * @param decisions the latest about any of the identifiers, the latest last
 * @param changes the latest of any of the identifiers, the latest last
 */
record Dossier(
    Found found,
    List<Apart> apart,
    List<IdentityDecision> decisions,
    List<IdentityChange> changes,
    Optional<LeadScore> score) {

  Dossier {
    apart = List.copyOf(apart);
    decisions = List.copyOf(decisions);
    changes = List.copyOf(changes);
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
  }

  /** What the owner is called. */
  String sort() {
    return found.owner().filter(KnownOwner::isAccount).isPresent() ? "account" : "person";
  }
}
