package io.millrace.flow.account;

import io.millrace.event.AccountIdentifier;
import io.millrace.event.AccountIdentifierState;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LinkedIdentifier;
import io.millrace.flow.score.ScoreInput;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of an identifier of an account, and which account it belongs to. */
final class AccountHome {
  private static final String ALONE = "ALONE";

  /** With these states an identifier says nothing about an account. */
  private static final Set<String> NO_ACCOUNT = Set.of("BLOCKED", "ERASED");

  private static final String ERASED = "ERASED";

  private AccountHome() {}

  /** An identifier that people name. */
  static AccountIdentifierState named(LinkedIdentifier identifier) {
    return state(
        AccountIdentifier.newBuilder()
            .setId(identifier.getId())
            .setKind(identifier.getKind())
            .setSystem(identifier.getSystem())
            .setState(ALONE)
            .build());
  }

  private static AccountIdentifierState state(AccountIdentifier identifier) {
    return AccountIdentifierState.newBuilder().setIdentifier(identifier).build();
  }

  /** The identifier after an event named it. */
  static AccountIdentifierState seen(
      Optional<AccountIdentifierState> before, IdentifierSighting sighting, Instant arrival) {
    Identifier seen = sighting.getIdentifiers().getFirst();
    AccountIdentifierState state =
        before.orElseGet(
            () -> named(new LinkedIdentifier(seen.getId(), seen.getKind(), seen.getSystem())));
    AccountIdentifier known = state.getIdentifier();
    LocalDate day = day(sighting.getEvidence().getOccurredAt(), arrival);
    boolean isErased = known.getState().equals(ERASED);
    return AccountIdentifierState.newBuilder(state)
        .setKnown(true)
        .setIdentifier(
            AccountIdentifier.newBuilder(known)
                .setValue(isErased ? null : seen.getValue())
                .setFirstSeen(known.getFirstSeen().filter(day::isAfter).orElse(day))
                .setLastSeen(known.getLastSeen().filter(day::isBefore).orElse(day))
                .build())
        .build();
  }

  private static LocalDate day(Instant occurredAt, Instant arrival) {
    return ScoreInput.day(ScoreInput.isBelievable(occurredAt, arrival) ? occurredAt : arrival);
  }

  /** The identifier after an assignment; one that is older than the last changes nothing. */
  static AccountIdentifierState assigned(
      Optional<AccountIdentifierState> before, IdentityAssignment assignment) {
    AccountIdentifierState state = before.orElseGet(() -> named(assignment.getIdentifier()));
    if (assignment.getNumber() < state.getNumber()) {
      return state;
    }
    AccountIdentifier known = state.getIdentifier();
    boolean isErased = assignment.getState().equals(ERASED);
    return AccountIdentifierState.newBuilder(state)
        .setKnown(true)
        .setOwner(assignment.getOwner())
        .setNumber(assignment.getNumber())
        .setIdentifier(
            AccountIdentifier.newBuilder(known)
                .setValue(isErased ? null : known.getValue().orElse(null))
                .setState(assignment.getState())
                .setJoinedBy(assignment.getJoinedBy().orElse(null))
                .setApartFrom(assignment.getApartFrom())
                .build())
        .build();
  }

  /** The identifier after its assignment was removed: it stands alone. */
  static AccountIdentifierState unassigned(AccountIdentifierState before) {
    return AccountIdentifierState.newBuilder(before)
        .setOwner(null)
        .setNumber(0)
        .setKnown(before.getIdentifier().getFirstSeen().isPresent())
        .setIdentifier(
            AccountIdentifier.newBuilder(before.getIdentifier())
                .setState(ALONE)
                .setJoinedBy(null)
                .setApartFrom(List.of())
                .build())
        .build();
  }

  /** The identifier after people were related to it, or were not any more. */
  static AccountIdentifierState withPeople(AccountIdentifierState before, long more) {
    return AccountIdentifierState.newBuilder(before).setPeople(before.getPeople() + more).build();
  }

  /** Whether nothing names it any more. */
  static boolean isForgotten(AccountIdentifierState state) {
    return !state.getKnown() && state.getPeople() == 0;
  }

  /** The account that it belongs to; none while nothing names it, or by a decision. */
  static Optional<String> account(AccountIdentifierState state) {
    AccountIdentifier identifier = state.getIdentifier();
    return isForgotten(state) || NO_ACCOUNT.contains(identifier.getState())
        ? Optional.empty()
        : Optional.of(state.getOwner().orElse(identifier.getId()));
  }
}
