package io.millrace.cli.identity;

import io.millrace.event.IdentityAssignment;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.whatif.KnownMember;
import io.millrace.identity.whatif.KnownOwner;
import java.util.Optional;

/**
 * An identifier that the topics know.
 *
 * @param assignment empty if nothing has linked it: it is a person or an account by itself
 * @param owner the row of its person or account; empty if that has not been written yet, or the
 *     identifier was erased
 */
record Found(
    Candidate candidate, Optional<IdentityAssignment> assignment, Optional<KnownOwner> owner) {
  private static final String ALONE = "ALONE";

  String id() {
    return candidate.id();
  }

  String ownerId() {
    return assignment.map(IdentityAssignment::getOwner).orElse(id());
  }

  String state() {
    return assignment
        .map(IdentityAssignment::getState)
        .or(() -> member().map(KnownMember::state))
        .orElse(ALONE);
  }

  /** Its row among the identifiers of its owner. */
  Optional<KnownMember> member() {
    return owner.flatMap(row -> row.identifier(id()));
  }

  /** As decisions name it. */
  LinkedIdentifier end() {
    return member()
        .map(KnownMember::end)
        .or(() -> assignment.map(IdentityAssignment::getIdentifier))
        .or(
            () ->
                candidate
                    .named()
                    .map(
                        named ->
                            new LinkedIdentifier(
                                named.getId(), named.getKind(), named.getSystem())))
        .orElseGet(() -> new LinkedIdentifier(id(), "", ""));
  }

  /** As messages name it: with its value, if that is known. */
  String inWords() {
    return candidate
        .named()
        .map(Names::of)
        .or(() -> member().map(Names::of))
        .orElseGet(candidate::inWords);
  }
}
