package io.millrace.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Identifier;
import io.millrace.model.Glob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccountOfPersonTest {
  private static final IdentifierIds IDS =
      new IdentifierIds("a key of some length".getBytes(UTF_8));
  private static final Identifier ACME = IDS.identifier("domain", "", "acme.com");
  private static final Identifier RECORD = IDS.identifier("account", "crm", "7");

  private final AccountOfPerson accounts =
      new AccountOfPerson(
          IDS,
          new IdentityRules(
              List.of(),
              List.of(new KindRule("domain", 20, 20, List.of(Glob.of("*.example.com")))),
              1000,
              Set.of("gmail.com")),
          "");

  @Test
  void anAddressSaysWhichAccountAnEventIsAbout() {
    AccountOfPerson.Accounts found = accounts.of(Optional.of("ann@Acme.com"), Optional.empty());

    AccountIdentity account = found.account().orElseThrow();
    assertThat(account.getKey()).isEqualTo(ACME.getId());
    assertThat(account.getDomain()).contains("acme.com");
    assertThat(account.getIdentifiers()).containsExactly(ACME);
    assertThat(found.hints()).isEmpty();
  }

  @Test
  void besideANamedAccountTheDomainIsAHint() {
    AccountIdentity named =
        new AccountIdentity(RECORD.getId(), null, Map.of("account_id", "7"), List.of(RECORD));

    AccountOfPerson.Accounts found = accounts.of(Optional.of("ann@acme.com"), Optional.of(named));

    assertThat(found.account()).contains(named);
    assertThat(found.hints()).containsExactly(ACME);
  }

  @Test
  void aDomainThatTheEventNamesItselfIsNoHint() {
    AccountIdentity named =
        new AccountIdentity(ACME.getId(), "acme.com", Map.of(), List.of(ACME, RECORD));

    assertThat(accounts.of(Optional.of("ann@acme.com"), Optional.of(named)).hints()).isEmpty();
  }

  @Test
  void freeMailSaysNothing() {
    for (String email :
        List.of(
            "ann@gmail.com", "ann@shop.example.com", "ann@localhost", "ann@acme.", "acme.com")) {
      assertThat(accounts.of(Optional.of(email), Optional.empty()).account()).as(email).isEmpty();
    }
    assertThat(accounts.of(Optional.empty(), Optional.empty()).account()).isEmpty();
  }

  @Test
  void withoutTheKindDomainNothingFollows() {
    AccountOfPerson none = new AccountOfPerson(IDS, IdentityRules.none(), "");

    assertThat(none.of(Optional.of("ann@acme.com"), Optional.empty()).account()).isEmpty();
  }
}
