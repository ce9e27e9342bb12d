package io.millrace.flow.person;

import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.PersonIdentity;
import io.millrace.identity.AccountOfPerson;
import io.millrace.model.EventTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What an event says about identifiers.
 *
 * @param identifiers all that it names, the strongest first; never empty
 * @param accounts the identifiers of accounts it names with them, or that follow from them
 * @param relation NAMED or MERGED
 * @param day the UTC day of the event
 */
record Naming(
    List<Identifier> identifiers,
    List<Identifier> accounts,
    String relation,
    IdentityEvidence evidence,
    LocalDate day) {
  static final String NAMED = "NAMED";
  static final String MERGED = "MERGED";

  /**
   * The identifiers of an engagement event's person; none if it does not name its key among them.
   */
  static List<Identifier> identifiersOf(Event event) {
    List<Identifier> identifiers =
        event.getPerson().map(PersonIdentity::getIdentifiers).orElse(List.of());
    boolean isKeyFirst =
        !identifiers.isEmpty() && identifiers.getFirst().getId().equals(event.getRecord().getId());
    return isKeyFirst ? identifiers : List.of();
  }

  static Naming of(Event event, List<Identifier> identifiers) {
    return new Naming(
        identifiers,
        AccountOfPerson.all(event),
        NAMED,
        new IdentityEvidence(
            event.getSource(), event.getEventId(), event.getEventType(), event.getOccurredAt()),
        EventTime.day(event.getOccurredAt(), event.getReceivedAt()));
  }

  /**
   * What a sighting says.
   *
   * @param arrival when its event arrived
   */
  static Naming of(IdentifierSighting sighting, Instant arrival) {
    return new Naming(
        sighting.getIdentifiers(),
        sighting.getAccounts(),
        sighting.getRelation(),
        sighting.getEvidence(),
        EventTime.day(sighting.getEvidence().getOccurredAt(), arrival));
  }

  Identifier strongest() {
    return identifiers.getFirst();
  }

  /** What the home of another identifier is told. */
  IdentifierSighting sightingOf(Identifier other) {
    return new IdentifierSighting(List.of(other), relation, evidence, List.of());
  }

  /** An identifier as one end of a link. */
  static LinkedIdentifier linked(Identifier identifier) {
    return new LinkedIdentifier(identifier.getId(), identifier.getKind(), identifier.getSystem());
  }
}
