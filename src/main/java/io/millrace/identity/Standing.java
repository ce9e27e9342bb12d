package io.millrace.identity;

import io.millrace.event.JoinedBy;
import java.util.List;
import java.util.Optional;

/**
 * Where an identifier belongs: a function of the links and decisions.
 *
 * @param owner the person or account
 * @param state as in IdentityAssignment
 * @param joinedBy its link to the others
 * @param apartFrom owners that it is linked to but kept apart from, sorted
 */
record Standing(
    String owner, IdentityState state, Optional<JoinedBy> joinedBy, List<String> apartFrom) {
  Standing {
    apartFrom = List.copyOf(apartFrom);
  }

  static Standing alone(String id, IdentityState state) {
    return new Standing(id, state, Optional.empty(), List.of());
  }

  Standing withOwner(String to) {
    return new Standing(to, IdentityState.JOINED, joinedBy, apartFrom);
  }

  Standing withJoinedBy(Optional<JoinedBy> link) {
    return new Standing(owner, state, link, apartFrom);
  }
}
