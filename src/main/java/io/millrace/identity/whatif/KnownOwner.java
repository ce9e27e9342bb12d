package io.millrace.identity.whatif;

import io.millrace.event.Account;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
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
 * @param people how many people belong to the account
 * @param firstSeen the UTC day of the first event; empty for an account that only people name
 * @param lastSeen the UTC day of the last event, likewise
 */
public record KnownOwner(
    String id,
    boolean isAccount,
    List<KnownMember> identifiers,
    List<LinkedIdentifier> accounts,
    long people,
    Optional<LocalDate> firstSeen,
    Optional<LocalDate> lastSeen) {

  public KnownOwner {
    identifiers = List.copyOf(identifiers);
    accounts = List.copyOf(accounts);
  }

  /** A row of the topic people. */
  public static KnownOwner of(Person person) {
    return new KnownOwner(
        person.getPerson(),
        false,
        person.getIdentifiers().stream().map(KnownMember::of).toList(),
        person.getAccounts(),
        0,
        Optional.of(person.getFirstSeen()),
        Optional.of(person.getLastSeen()));
  }

  /** A row of the topic accounts. */
  public static KnownOwner of(Account account) {
    return new KnownOwner(
        account.getAccount(),
        true,
        account.getIdentifiers().stream().map(KnownMember::of).toList(),
        List.of(),
        account.getPeople(),
        account.getFirstSeen(),
        account.getLastSeen());
  }

  /** One of its identifiers. */
  public Optional<KnownMember> identifier(String id) {
    return identifiers.stream().filter(each -> each.id().equals(id)).findFirst();
  }
}
