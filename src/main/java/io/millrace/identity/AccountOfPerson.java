package io.millrace.identity;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.PersonIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account that follows from a person's e-mail address: that of its domain, unless the domain is
 * of free mail or of a kind that never joins.
 *
 * <p>An event that names no account is about that one. Beside an account that an event names, the
 * domain is only a hint: the person belongs to both, but the two are not linked. Otherwise the
 * address of an agency would make all its customers one account.
 */
public final class AccountOfPerson {
  private static final String DOMAIN = "domain";

  private final IdentifierIds ids;
  private final IdentityRules rules;
  private final String system;

  /**
   * The accounts of people whose addresses belong to a system.
   *
   * @param system empty if a domain is the same in every system
   */
  public AccountOfPerson(IdentifierIds ids, IdentityRules rules, String system) {
    this.ids = ids;
    this.rules = rules;
    this.system = system;
  }

  /**
   * The accounts of an event.
   *
   * @param account what the event is about
   * @param hints for {@code person.account_hints}
   */
  public record Accounts(Optional<AccountIdentity> account, List<Identifier> hints) {
    public Accounts {
      hints = List.copyOf(hints);
    }

    /** The event's person with the hints. */
    public PersonIdentity hintedBy(PersonIdentity person) {
      return hints.isEmpty()
          ? person
          : PersonIdentity.newBuilder(person).setAccountHints(hints).build();
    }
  }

  /** Every account that an event's person belongs to: those it names, and those that follow. */
  public static List<Identifier> all(Event event) {
    return Stream.concat(
            event.getAccount().stream().flatMap(account -> account.getIdentifiers().stream()),
            event.getPerson().stream().flatMap(person -> person.getAccountHints().stream()))
        .distinct()
        .toList();
  }

  /**
   * Adds the domain to what an event names.
   *
   * @param email the person's e-mail address in lower case, if it is valid
   * @param named the account that the event names, with its identifiers
   */
  public Accounts of(Optional<String> email, Optional<AccountIdentity> named) {
    Optional<Identifier> domain = email.flatMap(this::domain);
    if (named.isEmpty()) {
      return new Accounts(domain.map(AccountOfPerson::account), List.of());
    }
    List<Identifier> known = named.get().getIdentifiers();
    return new Accounts(named, domain.filter(each -> !known.contains(each)).stream().toList());
  }

  private Optional<Identifier> domain(String email) {
    int at = email.lastIndexOf('@');
    return at < 1
        ? Optional.empty()
        : rules
            .accountDomain(email.substring(at + 1))
            .filter(domain -> rules.joins(DOMAIN, domain))
            .map(domain -> ids.identifier(DOMAIN, system, domain));
  }

  private static AccountIdentity account(Identifier domain) {
    return new AccountIdentity(domain.getId(), domain.getValue(), Map.of(), List.of(domain));
  }
}
