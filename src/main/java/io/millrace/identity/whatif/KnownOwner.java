package io.millrace.identity.whatif;

import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A person or an account as its topic shows it.
 *
 * @param id the id of its strongest identifier
 * @param isAccount whether it is an account
 * @param identifiers all identifiers, the strongest first
 * @param accounts the accounts that the person's events named
 * @param firstSeen the UTC day of the first event
 * @param lastSeen the UTC day of the last event
 */
public record KnownOwner(
    String id,
    boolean isAccount,
    List<PersonIdentifier> identifiers,
    List<LinkedIdentifier> accounts,
    LocalDate firstSeen,
    LocalDate lastSeen) {

  public KnownOwner {
    identifiers = List.copyOf(identifiers);
    accounts = List.copyOf(accounts);
  }

  /** A row of the topic people. */
  public static KnownOwner of(Person person) {
    return new KnownOwner(
        person.getPerson(),
        false,
        person.getIdentifiers(),
        person.getAccounts(),
        person.getFirstSeen(),
        person.getLastSeen());
  }

  /** One of its identifiers. */
  public Optional<PersonIdentifier> identifier(String id) {
    return identifiers.stream().filter(each -> each.getIdentifier().getId().equals(id)).findFirst();
  }
}
