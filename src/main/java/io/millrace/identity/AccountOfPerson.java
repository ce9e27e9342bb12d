package io.millrace.identity;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /** The domain is the same in every system. */
  private static final String NO_SYSTEM = "";

  private final IdentifierIds ids;
  private final IdentityRules rules;

  public AccountOfPerson(IdentifierIds ids, IdentityRules rules) {
    this.ids = ids;
    this.rules = rules;
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

  /** The identifier of the account of an e-mail address. */
  Optional<Identifier> domain(String email) {
    String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    boolean isName = email.indexOf('@') > 0 && domain.indexOf('.') > 0 && !domain.endsWith(".");
    return isName && !rules.freeMail().contains(domain) && rules.joins(DOMAIN, domain)
        ? Optional.of(ids.identifier(DOMAIN, NO_SYSTEM, domain))
        : Optional.empty();
  }

  private static AccountIdentity account(Identifier domain) {
    return new AccountIdentity(domain.getId(), domain.getValue(), Map.of(), List.of(domain));
  }
}
