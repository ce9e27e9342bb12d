package io.millrace.identity.whatif;

import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * A link between two identifiers.
 *
 * @param isMerge whether the CRM merged their records; otherwise an event named both
 * @param evidence the earliest event that named both; empty if it is not known any more
 */
public record KnownLink(
    LinkedIdentifier first,
    LinkedIdentifier second,
    boolean isMerge,
    Optional<IdentityEvidence> evidence) {

  /** Evidence that is not known any more comes last. */
  private static final Comparator<KnownLink> BY_EVIDENCE =
      Comparator.comparing(
          link -> link.evidence().orElse(null),
          Comparator.nullsLast(
              Comparator.comparing(IdentityEvidence::getOccurredAt)
                  .thenComparing(IdentityEvidence::getSource)
                  .thenComparing(IdentityEvidence::getEventId)));

  /** The end with the smaller id first. */
  public KnownLink {
    if (first.getId().compareTo(second.getId()) > 0) {
      LinkedIdentifier smaller = second;
      second = first;
      first = smaller;
    }
  }

  /** This one, or another link between the same if its evidence is earlier. */
  KnownLink orEarlier(KnownLink other) {
    return BY_EVIDENCE.compare(this, other) <= 0 ? this : other;
  }

  boolean hasEndIn(Set<String> ids) {
    return ids.contains(first.getId()) || ids.contains(second.getId());
  }
}
