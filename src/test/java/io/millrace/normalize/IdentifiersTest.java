package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.PersonIdentity;
import io.millrace.identity.IdentifierIds;
import io.millrace.model.EventSize;
import io.millrace.normalize.testing.SystemSource;
import io.millrace.normalize.testing.TestIds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentifiersTest {
  private static final String VIEWED = "page.viewed";

  @TempDir private Path folder;

  @Test
  void strongestComesFirstWhateverTheOrderOfTheFields() {
    Event event =
        event(
            "",
            VIEWED,
            "\"anonymous_id\": \"c\", \"user_id\": \"u\", \"contact_id\": 7, \"phone\": \"+49 30"
                + " 901820\", \"email\": \"Ada@Example.com\"");

    assertThat(person(event))
        .containsExactly(
            "email  ada@example.com",
            "phone  +4930901820",
            "contact app 7",
            "user app u",
            "anonymous app c");
    assertThat(event.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.email("ada@example.com"));
    assertThat(event.getRecord().getId()).isEqualTo(TestIds.email("ada@example.com"));
    assertThat(event.getPerson().orElseThrow().getExternalIds())
        .containsEntry("user_id", "u")
        .containsEntry("contact_id", "7");
  }

  @Test
  void noKeyShowsWhatItStandsFor() {
    Event event = event("", VIEWED, "\"email\": \"ada@example.com\", \"user_id\": \"ada\"");

    assertThat(event.getRecord().getId())
        .hasSize(IdentifierIds.LENGTH)
        .doesNotContain("ada", "example");
  }

  @Test
  void addressOfARoleJoinsNobodySoItComesLast() {
    assertThat(person(event("", VIEWED, "\"email\": \"info@a.co\", \"user_id\": \"u\"")))
        .containsExactly("user app u", "email  info@a.co");
    assertThat(person(event("", VIEWED, "\"email\": \"info@a.co\"")))
        .containsExactly("email  info@a.co");
  }

  @Test
  void badAddressIdentifiesOnlyWhereNothingElseDoes() {
    String bad = "\"email\": \"ada@exa_mple.c\"";

    assertThat(person(event("", VIEWED, bad + ", \"user_id\": \"u\"")))
        .containsExactly("user app u", "invalid_email app ada@exa_mple.c");
    assertThat(person(event("", VIEWED, bad))).containsExactly("invalid_email app ada@exa_mple.c");
    assertThat(event("", VIEWED, bad).getPerson().flatMap(PersonIdentity::getEmail)).isEmpty();
  }

  @Test
  void idThatIsAnAddressIsAnAddress() {
    assertThat(person(event("", VIEWED, "\"user_id\": \"Ada@B.co\"")))
        .containsExactly("email  ada@b.co");
    assertThat(person(event("", VIEWED, "\"user_id\": \"ada@b.co\", \"email\": \"ada@c.co\"")))
        .containsExactly("email  ada@c.co", "email  ada@b.co");
    assertThat(person(event("", VIEWED, "\"user_id\": \"ada@b.co\", \"email\": \"ada@b.co\"")))
        .containsExactly("email  ada@b.co");
  }

  @Test
  void phoneIdentifiesOnlyWithItsCountry() {
    assertThat(person(event("", VIEWED, "\"phone\": \"+49 (30) 901820\"")))
        .containsExactly("phone  +4930901820");
    assertThat(person(event("mapping: {region: DE}\n", VIEWED, "\"phone\": \"030 901820\"")))
        .containsExactly("phone  +4930901820");
    assertThat(person(event("", VIEWED, "\"phone\": \"030 901820\", \"user_id\": \"u\"")))
        .containsExactly("user app u");
    assertThat(source("").refusal(VIEWED, "\"phone\": \"030 901820\"")).contains("person");
  }

  @Test
  void recordIsAnIdentifierItself() {
    Event contact = event("", "contact.updated", "\"contact_id\": 101, \"email\": \"a@b.co\"");
    Event deal = event("", "deal.updated", "\"deal_id\": 5, \"account_id\": 9");
    Event account = event("", "account.updated", "\"account_id\": 9, \"domain\": \"acme.com\"");

    assertThat(contact.getRecord().getId()).isEqualTo("app:101");
    assertThat(person(contact)).containsExactly("email  a@b.co", "contact app 101");
    assertThat(deal.getPerson()).isEmpty();
    assertThat(account(deal)).containsExactly("account app 9");
    assertThat(account(account)).containsExactly("domain  acme.com", "account app 9");
    assertThat(account.getAccount().orElseThrow().getKey())
        .isEqualTo(TestIds.id("domain", "", "acme.com"));
  }

  @Test
  void domainIsReadAsPeopleWriteIt() {
    for (String domain :
        List.of("Acme.com", "https://www.acme.com/about?x", "http://acme.com:80", "acme.com.")) {
      assertThat(account(event("", VIEWED, "\"user_id\": 1, \"domain\": \"" + domain + "\"")))
          .as(domain)
          .containsExactly("domain  acme.com");
    }
    for (String nothing : List.of("Acme Inc.", "localhost", "a..b", "gmail.com", ".")) {
      assertThat(event("", VIEWED, "\"user_id\": 1, \"domain\": \"" + nothing + "\"").getAccount())
          .as(nothing)
          .isEmpty();
    }
  }

  @Test
  void fieldMayHoldAnIdOfAnotherSystem() {
    String mapping =
        """
        mapping:
          person: {ids: {contact: {path: data.hubspot_id, system: crm}, user: data.login}}
          account: {on: customer, ids: {company: {path: data.company, system: crm}}}
        """;

    Event event =
        event(
            mapping,
            "customer.updated",
            "\"customer_id\": \"c1\", \"hubspot_id\": 101, \"contact_id\": 3, \"login\": \"ada\","
                + " \"company\": 44");

    assertThat(person(event))
        .containsExactly("contact crm 101", "contact app 3", "customer app c1", "user app ada");
    assertThat(account(event)).containsExactly("company crm 44");
    assertThat(event.getPerson().orElseThrow().getExternalIds())
        .containsEntry("crm:contact_id", "101")
        .containsEntry("contact_id", "3");
  }

  @Test
  void nameThatTheSenderChoseIsAnIdentifier() {
    String record = "\"x\": 1}, \"record\": {\"type\": \"person\", \"id\": \"%s\"";

    assertThat(person(event("", "thing.happened", record.formatted("P-1"))))
        .containsExactly("person app P-1");
    assertThat(person(event("", "thing.happened", record.formatted("Ada@B.co"))))
        .containsExactly("email  ada@b.co");
  }

  @Test
  void stagingSourceMeetsNobody() {
    Event event =
        event(
            """
            staging: true
            system: crm
            mapping: {person: {ids: {lead: {path: data.l, system: crm}}}}
            """,
            "contact.updated",
            "\"contact_id\": 101, \"l\": 5, \"email\": \"a@b.co\", \"phone\": \"+4930901820\","
                + " \"domain\": \"b.co\"");

    assertThat(event.getRecord().getId()).isEqualTo("app:101");
    assertThat(person(event))
        .containsExactly(
            "email app a@b.co", "phone app +4930901820", "contact app 101", "lead app/crm 5");
    assertThat(account(event)).containsExactly("domain app b.co");
    assertThat(event.getMetadata().getTags()).contains("staging");
  }

  @Test
  void atMostTenAndNoneThatIsTooLong() {
    String mapping =
        IntStream.range(0, 12)
            .mapToObj(at -> "i" + at + ": data.i" + at)
            .collect(Collectors.joining(", ", "mapping: {person: {ids: {", "}}}\n"));
    String many =
        IntStream.range(0, 12)
            .mapToObj(at -> "\"i" + at + "\": " + at)
            .collect(Collectors.joining(", "));
    String tooLong = "\"user_id\": \"" + "u".repeat(EventSize.MAX_NAME + 1) + "\"";

    assertThat(person(event(mapping, VIEWED, many + ", \"email\": \"a@b.co\"")))
        .hasSize(10)
        .startsWith("email  a@b.co", "i0 app 0");
    assertThat(person(event("", VIEWED, tooLong + ", \"anonymous_id\": \"a\"")))
        .containsExactly("anonymous app a");
    assertThat(source("").refusal(VIEWED, tooLong)).isNotEmpty();
  }

  @Test
  void recordsTellWhichIdentifiersAreOnePerson() {
    List<IdentifierSighting> told =
        source("")
            .sightings(
                "contact.updated",
                "\"contact_id\": 101, \"email\": \"a@b.co\", \"account_id\": 9, \"domain\":"
                    + " \"b.co\"");

    assertThat(told)
        .extracting(IdentifiersTest::inWords)
        .containsExactly(
            "NAMED email  a@b.co, contact app 101", "NAMED domain  b.co, account app 9");
    assertThat(told.getFirst().getEvidence().getEventId()).isEqualTo("1");
    assertThat(told.getFirst().getEvidence().getSource()).isEqualTo("app");
    assertThat(told.getFirst().getEvidence().getEventType()).isEqualTo("contact.updated");
  }

  @Test
  void engagementTellsOnlyOfItsAccount() {
    assertThat(source("").sightings(VIEWED, "\"user_id\": 1, \"email\": \"a@gmail.com\""))
        .isEmpty();
    assertThat(source("").sightings(VIEWED, "\"user_id\": 1, \"email\": \"a@b.co\""))
        .extracting(IdentifiersTest::inWords)
        .containsExactly("NAMED domain  b.co");
    assertThat(source("").sightings(VIEWED, "\"user_id\": 1, \"domain\": \"b.co\""))
        .extracting(IdentifiersTest::inWords)
        .containsExactly("NAMED domain  b.co");
  }

  @Test
  void addressSaysWhichAccountAnEventIsAbout() {
    Event event = event("", VIEWED, "\"user_id\": 1, \"email\": \"ada@Acme.com\"");

    assertThat(account(event)).containsExactly("domain  acme.com");
    assertThat(event.getAccount().orElseThrow().getDomain()).contains("acme.com");
    assertThat(hints(event)).isEmpty();
    assertThat(account(event("", VIEWED, "\"user_id\": \"ada@acme.com\"")))
        .containsExactly("domain  acme.com");
    assertThat(event("", VIEWED, "\"email\": \"ada@gmail.com\"").getAccount()).isEmpty();
    assertThat(account(event("staging: true\n", VIEWED, "\"email\": \"ada@acme.com\"")))
        .containsExactly("domain app acme.com");
  }

  @Test
  void besideANamedAccountTheAddressIsAHintThatIsNotLinked() {
    String data = "\"email\": \"ada@agency.com\", \"account_id\": 9";

    assertThat(account(event("", VIEWED, data))).containsExactly("account app 9");
    assertThat(hints(event("", VIEWED, data))).containsExactly("domain  agency.com");
    assertThat(source("").sightings(VIEWED, data))
        .extracting(IdentifiersTest::inWords)
        .containsExactly("NAMED account app 9", "NAMED domain  agency.com");
  }

  @Test
  void nothingIsToldWithoutAKindThatJoins() {
    assertThat(source("").sightings("deal.updated", "\"deal_id\": 5")).isEmpty();
    assertThat(
            source("mapping: {person: {ids: {token: data.token}}}\n")
                .sightings("deal.updated", "\"deal_id\": 5, \"token\": \"t\""))
        .isEmpty();
  }

  @Test
  void mergeTellsOfEachOtherRecord() {
    assertThat(
            source("").sightings("contact.merged", "\"contact_id\": 1, \"merged_ids\": [2, 1, 3]"))
        .extracting(IdentifiersTest::inWords)
        .containsExactly(
            "NAMED contact app 1",
            "MERGED contact app 1, contact app 2",
            "MERGED contact app 1, contact app 3");
    assertThat(source("").sightings("deal.merged", "\"deal_id\": 1, \"merged_ids\": [2]"))
        .isEmpty();
    assertThat(source("").sightings("account.merged", "\"account_id\": 1, \"merged_into\": 2"))
        .extracting(IdentifiersTest::inWords)
        .contains("MERGED account app 1, account app 2");
  }

  private SystemSource source(String rest) {
    return SystemSource.of(folder, "app", rest);
  }

  private Event event(String rest, String type, String data) {
    return source(rest).event(type, data);
  }

  private static List<String> person(Event event) {
    return event.getPerson().orElseThrow().getIdentifiers().stream()
        .map(IdentifiersTest::inWords)
        .toList();
  }

  private static List<String> hints(Event event) {
    return event.getPerson().orElseThrow().getAccountHints().stream()
        .map(IdentifiersTest::inWords)
        .toList();
  }

  private static List<String> account(Event event) {
    return event.getAccount().orElseThrow().getIdentifiers().stream()
        .map(IdentifiersTest::inWords)
        .toList();
  }

  private static String inWords(IdentifierSighting sighting) {
    return sighting.getIdentifiers().stream()
        .map(IdentifiersTest::inWords)
        .collect(Collectors.joining(", ", sighting.getRelation() + ' ', ""));
  }

  private static String inWords(Identifier identifier) {
    return identifier.getKind() + ' ' + identifier.getSystem() + ' ' + identifier.getValue();
  }
}
