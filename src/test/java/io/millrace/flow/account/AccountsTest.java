package io.millrace.flow.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Account;
import io.millrace.event.AccountScore;
import io.millrace.event.AccountScoreChange;
import io.millrace.event.AccountShare;
import io.millrace.event.AccountSignal;
import io.millrace.event.Contribution;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.JoinedBy;
import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.RecordRef;
import io.millrace.event.Signal;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.AccountsFlow;
import io.millrace.flow.testing.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The role accounts with the rules that are deployed. */
final class AccountsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final LinkedIdentifier ACME = new LinkedIdentifier("acme", "domain", "");
  private static final LinkedIdentifier RECORD = new LinkedIdentifier("record", "account", "crm");

  private final AccountsFlow flow = new AccountsFlow(NOON, TestRules.real(), StoreKind.ROCKSDB);

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void scoresAnAccountByItsPeople() {
    person("ann", ACME);
    person("bob", ACME);
    score("ann", 50, NOON);
    score("bob", 41, NOON.plusSeconds(5));
    flow.pass(SECOND);

    TestRecord<String, AccountScore> score = flow.read(Topics.ACCOUNT_SCORES).getLast();
    assertThat(score.key()).isEqualTo("acme");
    assertThat(score.value())
        .isEqualTo(
            new AccountScore(
                "acme",
                45,
                List.of(
                    new Contribution("interested-people", 2L, 20.0),
                    new Contribution("strongest-person", 1L, 25.0)),
                List.of(new AccountShare("ann", 50, 35.0), new AccountShare("bob", 41, 10.0)),
                0L,
                "account-score/1",
                NOON.plusSeconds(5)));
    assertThat(flow.read(Topics.ACCOUNT_SCORES_CHANGED))
        .extracting(TestRecord::value)
        .containsExactly(
            new AccountScoreChange(
                "acme",
                0,
                45,
                List.of(),
                score.value().getContributions(),
                null,
                "account-score/1",
                NOON.plusSeconds(5)));
  }

  @Test
  void raisesAnEventOfItsOwnAtAThreshold() {
    for (String name : List.of("ann", "bob", "cid")) {
      person(name, ACME);
      score(name, 80, NOON);
    }
    flow.pass(SECOND);

    TestRecord<String, Event> raised = flow.read(Topics.EVENTS_ORDERED).getFirst();
    assertThat(raised.key()).isEqualTo("account/acme");
    assertThat(raised.value().getEventType()).isEqualTo("account.qualified");
    assertThat(raised.value().getEventId()).isEqualTo("acme|account-qualified|1");
    assertThat(raised.value().getSource()).isEqualTo("millrace");
    assertThat(raised.value().getRecord()).isEqualTo(new RecordRef("account", "acme"));
    assertThat(raised.value().getAccount().orElseThrow().getKey()).isEqualTo("acme");
    assertThat(raised.value().getData())
        .containsEntry("score", "70")
        .containsEntry("threshold", "account-qualified");
  }

  @Test
  void aPersonCountsOnceHoweverManyIdentifiersOfTheAccountTheyHave() {
    assign(RECORD, ACME, 1);
    person("ann", ACME, RECORD);
    score("ann", 50, NOON);
    flow.pass(SECOND);

    Map<String, Account> rows = rows();
    assertThat(rows).containsOnlyKeys("acme");
    assertThat(Objects.requireNonNull(rows.get("acme")).getPeople()).isEqualTo(1);
    assertThat(rows.get("acme").getIdentifiers())
        .extracting(each -> each.getId() + " " + each.getState())
        .containsExactly("acme ALONE", "record JOINED");
    assertThat(flow.read(Topics.ACCOUNT_SCORES).getLast().value().getScore()).isEqualTo(35);
  }

  @Test
  void peopleFollowTheirIdentifierToAnotherAccountAndBack() {
    person("ann", ACME);
    person("bob", RECORD);
    score("bob", 90, NOON);
    flow.pass(SECOND);
    assertThat(rows()).containsOnlyKeys("acme", "record");
    flow.read(Topics.ACCOUNT_SCORES);

    assign(RECORD, ACME, 1);
    flow.pass(SECOND);
    assertThat(flow.read(Topics.ACCOUNTS))
        .extracting(
            each -> each.key() + " " + (each.value() == null ? 0 : each.value().getPeople()))
        .containsExactlyInAnyOrder("acme 2", "record 0");
    assertThat(flow.read(Topics.ACCOUNT_SCORES))
        .extracting(each -> each.key() + " " + (each.value() != null))
        .containsExactlyInAnyOrder("acme true", "record false");

    assign(RECORD, RECORD, 2);
    flow.pass(SECOND);
    assertThat(flow.read(Topics.ACCOUNT_SCORES))
        .extracting(each -> each.key() + " " + (each.value() != null))
        .containsExactlyInAnyOrder("acme false", "record true");
  }

  @Test
  void showsWhatAnIdentifierIs() {
    flow.arrive(
        Topics.IDENTIFIER_SIGHTINGS,
        "acme",
        new IdentifierSighting(
            List.of(new Identifier("acme", "domain", "", "acme.com")),
            "NAMED",
            new IdentityEvidence("crm", "e1", "account.created", NOON),
            List.of()));
    flow.arrive(
        Topics.IDENTIFIER_SIGHTINGS,
        "mail",
        new IdentifierSighting(
            List.of(new Identifier("mail", "email", "", "ann@acme.com")),
            "NAMED",
            new IdentityEvidence("crm", "e2", "contact.created", NOON),
            List.of()));
    flow.pass(SECOND);

    Account row = rows().get("acme");
    assertThat(Objects.requireNonNull(row).getIdentifiers().getFirst().getValue())
        .contains("acme.com");
    assertThat(row.getFirstSeen()).contains(LocalDate.of(2026, 3, 2));
    assertThat(row.getPeople()).isZero();
  }

  @Test
  void aBlockedIdentifierIsNoAccount() {
    person("ann", ACME);
    score("ann", 50, NOON);
    flow.pass(SECOND);
    flow.read(Topics.ACCOUNTS);

    flow.arrive(
        Topics.IDENTITY_ASSIGNMENTS,
        "acme",
        new IdentityAssignment(ACME, "acme", 1L, null, "BLOCKED", List.of()));
    flow.pass(SECOND);

    assertThat(flow.read(Topics.ACCOUNTS).getLast().value()).isNull();
    assertThat(flow.read(Topics.ACCOUNT_SCORES).getLast().value()).isNull();
  }

  @Test
  void findsAndRetractsTheSignalOfAGroup() {
    for (String name : List.of("ann", "bob", "cid")) {
      person(name, ACME);
    }
    signal("ann", 1, "DETECTED", NOON);
    signal("cid", 1, "DETECTED", NOON.plus(Duration.ofDays(6)));
    assertThat(flow.read(Topics.ACCOUNT_SIGNALS)).isEmpty();
    signal("bob", 1, "DETECTED", NOON.plus(Duration.ofDays(3)));

    AccountSignal found = flow.read(Topics.ACCOUNT_SIGNALS).getFirst().value();
    assertThat(found.getSignalId()).isEqualTo("acme|buying-group|2026-03-08T12:00:00Z|cid");
    assertThat(found.getStatus()).isEqualTo("DETECTED");
    assertThat(found.getPeople()).containsExactly("ann", "bob", "cid");
    assertThat(found.getFirstAt()).isEqualTo(NOON);

    signal("ann", 1, "CORRECTED", NOON.plus(Duration.ofHours(1)));
    signal("bob", 1, "RETRACTED", NOON.plus(Duration.ofDays(3)));
    assertThat(flow.read(Topics.ACCOUNT_SIGNALS))
        .extracting(each -> each.value().getStatus())
        .endsWith("RETRACTED");
  }

  @Test
  void whoLeavesTheAccountLeavesItsSignal() {
    for (String name : List.of("ann", "bob", "cid")) {
      person(name, ACME);
      signal(name, 1, "DETECTED", NOON);
    }
    assertThat(flow.read(Topics.ACCOUNT_SIGNALS)).hasSize(1);

    flow.arrive(Topics.PEOPLE, "bob", null);

    assertThat(flow.read(Topics.ACCOUNT_SIGNALS).getFirst().value().getStatus())
        .isEqualTo("RETRACTED");
  }

  @Test
  void leavesNothingBehind() {
    person("ann", ACME);
    score("ann", 50, NOON);
    signal("ann", 1, "DETECTED", NOON);
    flow.pass(SECOND);
    signal("ann", 1, "RETRACTED", NOON);
    flow.arrive(Topics.LEAD_SCORES, "ann", null);
    flow.arrive(Topics.PEOPLE, "ann", null);
    flow.pass(SECOND);

    assertThat(flow.read(Topics.ACCOUNTS).getLast().value()).isNull();
    for (String store :
        List.of(
            TellAccounts.PEOPLE,
            HomeRows.IDENTIFIERS,
            HomeRows.MEMBERSHIPS,
            AccountWriter.IDENTIFIERS,
            AccountPeople.MEMBERS,
            AccountPeople.TOTALS,
            AccountPeople.INDEX,
            AccountsDue.STORE)) {
      try (var rows = flow.store(store).all()) {
        assertThat(rows.hasNext()).as(store).isFalse();
      }
    }
  }

  private Map<String, Account> rows() {
    Map<String, Account> rows = new TreeMap<>();
    flow.read(Topics.ACCOUNTS).forEach(each -> rows.put(each.key(), each.value()));
    rows.values().removeIf(Objects::isNull);
    return rows;
  }

  private void person(String id, LinkedIdentifier... accounts) {
    LocalDate day = LocalDate.of(2026, 3, 2);
    flow.arrive(Topics.PEOPLE, id, new Person(id, List.of(), List.of(accounts), day, day));
  }

  private void score(String person, int score, Instant asOf) {
    flow.arrive(
        Topics.LEAD_SCORES, person, new LeadScore(person, score, List.of(), "lead-score/2", asOf));
  }

  private void signal(String person, int number, String status, Instant at) {
    String name = "pricing-interest";
    String id = person + "|" + name + "|" + number;
    flow.arrive(
        Topics.SIGNALS_DETECTED,
        person,
        new Signal(id, name, person, person, status, at, at, List.of(), "Prices."));
  }

  private void assign(LinkedIdentifier identifier, LinkedIdentifier owner, long number) {
    boolean isAlone = identifier.equals(owner);
    flow.arrive(
        Topics.IDENTITY_ASSIGNMENTS,
        identifier.getId(),
        new IdentityAssignment(
            identifier,
            owner.getId(),
            number,
            isAlone ? null : new JoinedBy(owner.getId(), "DECIDED", null),
            isAlone ? "ALONE" : "JOINED",
            List.of()));
  }
}
