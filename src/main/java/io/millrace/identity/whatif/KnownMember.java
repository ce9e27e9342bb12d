package io.millrace.identity.whatif;

import io.millrace.event.AccountIdentifier;
import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.PersonIdentifier;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An identifier of a person or an account as its row shows it.
 *
 * @param end as links name it
 * @param value the identifier itself; empty while only people name it
 * @param state as in IdentityAssignment
 * @param firstSeen the UTC day of the earliest event that named it; empty while only people do
 * @param lastSeen the UTC day of the latest event that named it, likewise
 * @param joinedBy the link to the others
 * @param apartFrom owners that it is linked to but kept apart from
 */
public record KnownMember(
    LinkedIdentifier end,
    Optional<String> value,
    String state,
    Optional<LocalDate> firstSeen,
    Optional<LocalDate> lastSeen,
    Optional<JoinedBy> joinedBy,
    List<String> apartFrom) {

  public KnownMember {
    apartFrom = List.copyOf(apartFrom);
  }

  /** An identifier of a person. */
  public static KnownMember of(PersonIdentifier row) {
    return new KnownMember(
        new LinkedIdentifier(
            row.getIdentifier().getId(),
            row.getIdentifier().getKind(),
            row.getIdentifier().getSystem()),
        Optional.of(row.getIdentifier().getValue()),
        row.getState(),
        Optional.of(row.getFirstSeen()),
        Optional.of(row.getLastSeen()),
        row.getJoinedBy(),
        row.getApartFrom());
  }

  /** An identifier of an account. */
  public static KnownMember of(AccountIdentifier row) {
    return new KnownMember(
        new LinkedIdentifier(row.getId(), row.getKind(), row.getSystem()),
        row.getValue(),
        row.getState(),
        row.getFirstSeen(),
        row.getLastSeen(),
        row.getJoinedBy(),
        row.getApartFrom());
  }

  public String id() {
    return end.getId();
  }
}
