package io.millrace.identity.whatif;

import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
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

  /** The end with the smaller id first. */
  public KnownLink {
    if (first.getId().compareTo(second.getId()) > 0) {
      LinkedIdentifier smaller = second;
      second = first;
      first = smaller;
    }
  }

  /** The end that is not the given one. */
  LinkedIdentifier other(LinkedIdentifier end) {
    return first.getId().equals(end.getId()) ? second : first;
  }

  boolean hasEndIn(Set<String> ids) {
    return ids.contains(first.getId()) || ids.contains(second.getId());
  }
}
