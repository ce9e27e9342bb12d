package io.millrace.flow.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Account;
import io.millrace.event.AccountIdentifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.AccountsFlow;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.TestRules;
import io.millrace.normalize.testing.SystemSource;
import io.millrace.normalize.testing.TestIds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an event's e-mail address, through the roles, to the row of the account. */
final class AccountOfAddressTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String AGENCY = TestIds.id("domain", "", "agency.com");
  private static final String RECORD = TestIds.id("account", "app", "9");

  @TempDir private Path folder;
  private final EngagementFlow engagement = new EngagementFlow(NOON);
  private final AccountsFlow accounts =
      new AccountsFlow(NOON, TestRules.real(), StoreKind.IN_MEMORY);
  private SystemSource source;

  @BeforeEach
  void connect() {
    source = SystemSource.of(folder, "app", "");
  }

  @AfterEach
  void close() {
    engagement.close();
    accounts.close();
  }

  @Test
  void aDomainIsTheAccountOfEveryoneWithAnAddressThere() {
    arrive("\"email\": \"ada@agency.com\"");
    arrive("\"email\": \"bob@agency.com\"");

    Map<String, Account> rows = rows();
    assertThat(rows).containsOnlyKeys(AGENCY);
    assertThat(rows.values()).extracting(Account::getPeople).containsExactly(2L);
    assertThat(rows.values())
        .flatExtracting(Account::getIdentifiers)
        .extracting(AccountIdentifier::getValue)
        .containsExactly(Optional.of("agency.com"));
  }

  @Test
  void besideAnAccountThatTheEventNamesItIsAnotherOne() {
    arrive("\"email\": \"ada@agency.com\", \"account_id\": 9");

    Map<String, Account> rows = rows();
    assertThat(rows).containsOnlyKeys(AGENCY, RECORD);
    assertThat(rows.values())
        .allSatisfy(account -> assertThat(account.getPeople()).isEqualTo(1))
        .flatExtracting(Account::getIdentifiers)
        .extracting(AccountIdentifier::getValue)
        .containsExactlyInAnyOrder(Optional.of("agency.com"), Optional.of("9"));
    assertThat(engagement.values(Topics.IDENTITY_LINKS)).isEmpty();
  }

  @Test
  void theAccountOfAContactIsThatOfThePerson() {
    see("contact.created", "\"id\": 5, \"email\": \"ada@agency.com\", \"account_id\": 9");

    assertThat(rows())
        .containsOnlyKeys(AGENCY, RECORD)
        .allSatisfy((id, account) -> assertThat(account.getPeople()).isEqualTo(1));
  }

  private void arrive(String data) {
    engagement.arrive(source.event("page.viewed", data));
    see("page.viewed", data);
  }

  private void see(String type, String data) {
    for (IdentifierSighting sighting : source.sightings(type, data)) {
      String home = sighting.getIdentifiers().getFirst().getId();
      engagement.send(Topics.IDENTIFIER_SIGHTINGS, home, sighting);
      accounts.arrive(Topics.IDENTIFIER_SIGHTINGS, home, sighting);
    }
  }

  private Map<String, Account> rows() {
    engagement
        .read(Topics.PEOPLE)
        .forEach(row -> accounts.arrive(Topics.PEOPLE, row.key(), row.value()));
    accounts.pass(Duration.ofSeconds(1));
    Map<String, Account> rows = new TreeMap<>();
    accounts.read(Topics.ACCOUNTS).forEach(row -> rows.put(row.key(), row.value()));
    return rows;
  }
}
