package io.millrace.flow.person;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonIdentity;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.EngagementFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Homes and people of one partition in the flow, which reads what it writes. */
final class FindPersonTest {
  private static final LocalDate TODAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
  private static final Identifier ANN = new Identifier("ann", "email", "", "ann@example.com");
  private static final Identifier COOKIE = new Identifier("cookie", "anonymous", "site", "1f");
  private static final Identifier ACME = new Identifier("acme", "domain", "", "acme.example");

  private final EngagementFlow flow = new EngagementFlow(NOON);
  private final Map<String, Person> people = new TreeMap<>();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void anIdentifierThatNothingJoinsIsItsOwnPerson() {
    flow.arrive(event("e1", NOON, ANN));

    assertThat(personOf("e1")).isEqualTo("ann");
    assertThat(people())
        .containsEntry("ann", new Person("ann", List.of(alone(ANN)), List.of(), TODAY, TODAY));
    assertThat(flow.values(Topics.PERSON_MESSAGES)).isEmpty();
    assertThat(flow.values(Topics.IDENTITY_LINKS)).isEmpty();
  }

  @Test
  void writesNothingForTheSameDayAgain() {
    flow.arrive(event("e1", NOON, ANN, COOKIE));
    flow.written();
    flow.arrive(event("e2", NOON, ANN, COOKIE));

    assertThat(flow.written())
        .allSatisfy(
            (topic, written) ->
                assertThat(
                        topic.contains("identi") || topic.contains("people") ? written.rows() : 0)
                    .as(topic)
                    .isZero());
  }

  @Test
  void linksTheIdentifiersOfAnEvent() {
    flow.arrive(event("e1", NOON, ANN, COOKIE));

    assertThat(flow.values(Topics.IDENTITY_LINKS))
        .containsExactly(
            new IdentityLink(
                new LinkedIdentifier("ann", "email", ""),
                new LinkedIdentifier("cookie", "anonymous", "site"),
                "NAMED",
                evidence("e1", NOON)));
    assertThat(flow.values(Topics.IDENTIFIER_SIGHTINGS))
        .containsExactly(
            new IdentifierSighting(List.of(COOKIE), "NAMED", evidence("e1", NOON), List.of()));
    assertThat(people())
        .as("each is a person until the link is decided")
        .containsEntry(
            "cookie", new Person("cookie", List.of(alone(COOKIE)), List.of(), TODAY, TODAY));
  }

  @Test
  void sendsTheEventsOfAnIdentifierToItsPerson() {
    flow.arrive(event("e1", NOON, COOKIE));
    assign(COOKIE, "ann", 1);
    assign(ANN, "ann", 2);
    flow.arrive(event("e2", NOON, COOKIE));
    flow.arrive(event("e3", NOON, ANN));

    assertThat(flow.values(Topics.EVENTS_ORDERED))
        .extracting(ordered -> ordered.getPerson().orElseThrow().getId().orElse(""))
        .containsExactly("cookie", "ann", "ann");
    Person ann = person("ann");
    assertThat(ann.getIdentifiers())
        .extracting(each -> each.getIdentifier().getId())
        .containsExactly("ann", "cookie");
    assertThat(ann.getIdentifiers().getLast().getJoinedBy()).contains(joinedBy("ann"));
    assertThat(people()).doesNotContainKey("cookie");
  }

  /** A thousand cookies of one e-mail address. */
  @Test
  void writesTheRowOfAPersonWithManyIdentifiersOnceASecond() {
    flow.arrive(event("e", NOON, ANN));
    assign(ANN, "ann", 1);
    for (int i = 0; i < 1_000; i++) {
      Identifier cookie = new Identifier("c" + i, "anonymous", "site", "" + i);
      flow.arrive(event("e" + i, NOON, cookie));
      assign(cookie, "ann", 2 + i);
    }
    long rows = flow.read(Topics.PEOPLE).stream().filter(row -> row.key().equals("ann")).count();
    assertThat(rows).isLessThanOrEqualTo(PeopleRows.MOST_AT_ONCE + 3);

    flow.pass(PeopleRows.EVERY);

    List<TestRecord<String, Person>> last = flow.read(Topics.PEOPLE);
    assertThat(last)
        .singleElement()
        .satisfies(row -> assertThat(row.value().getIdentifiers()).hasSize(1_001));
    flow.pass(PeopleRows.EVERY);
    assertThat(flow.read(Topics.PEOPLE)).isEmpty();
    assertThat(flow.<Long>store(PeopleRows.TO_WRITE).all()).isExhausted();
  }

  @Test
  void letsAnIdentifierGoAgain() {
    flow.arrive(event("e1", NOON, COOKIE));
    flow.arrive(event("e2", NOON, ANN));
    assign(COOKIE, "ann", 1);
    assign(ANN, "ann", 2);
    assign(COOKIE, "cookie", 3);

    assertThat(person("ann").getIdentifiers())
        .extracting(each -> each.getIdentifier().getId())
        .containsExactly("ann");
    assertThat(person("cookie").getIdentifiers())
        .extracting(PersonIdentifier::getState)
        .containsExactly("JOINED");
  }

  @Test
  void knowsTheAccountsThatItsEventsNamed() {
    Event event =
        Event.newBuilder(event("e1", NOON, ANN))
            .setAccount(new AccountIdentity("acme", "acme.example", Map.of(), List.of(ACME)))
            .build();
    flow.arrive(event);

    assertThat(person("ann").getAccounts())
        .containsExactly(new LinkedIdentifier("acme", "domain", ""));
  }

  /** Beside a named account, the domain of an address is a hint. */
  @Test
  void belongsToTheAccountsThatFollowFromItWithoutLinkingThem() {
    Identifier record = new Identifier("record", "account", "crm", "9");
    Event named = event("e1", NOON, ANN);
    PersonIdentity person =
        PersonIdentity.newBuilder(named.getPerson().orElseThrow())
            .setAccountHints(List.of(ACME))
            .build();
    flow.arrive(
        Event.newBuilder(named)
            .setPerson(person)
            .setAccount(new AccountIdentity("record", null, Map.of(), List.of(record)))
            .build());

    assertThat(Objects.requireNonNull(people().get("ann")).getAccounts())
        .containsExactly(
            new LinkedIdentifier("record", "account", "crm"),
            new LinkedIdentifier("acme", "domain", ""));
    assertThat(flow.values(Topics.IDENTITY_LINKS)).isEmpty();
    assertThat(flow.values(Topics.IDENTIFIER_SIGHTINGS))
        .as("normalize tells the homes of accounts")
        .isEmpty();
  }

  @Test
  void learnsOfIdentifiersFromRecords() {
    Identifier contact = new Identifier("contact", "contact", "crm", "101");
    flow.send(
        Topics.IDENTIFIER_SIGHTINGS,
        "ann",
        new IdentifierSighting(List.of(ANN, contact), "MERGED", evidence("e1", NOON), List.of()));

    assertThat(flow.values(Topics.IDENTITY_LINKS))
        .extracting(IdentityLink::getRelation)
        .containsExactly("MERGED");
    assertThat(people()).containsOnlyKeys("ann", "contact");
  }

  @Test
  void aRecordsAccountIsThatOfItsPerson() {
    flow.send(
        Topics.IDENTIFIER_SIGHTINGS,
        "ann",
        new IdentifierSighting(List.of(ANN), "NAMED", evidence("e1", NOON), List.of(ACME)));

    assertThat(Objects.requireNonNull(people().get("ann")).getAccounts())
        .extracting(LinkedIdentifier::getId)
        .containsExactly("acme");
  }

  @Test
  void anAccountIsNoPerson() {
    flow.send(
        Topics.IDENTIFIER_SIGHTINGS,
        "acme",
        new IdentifierSighting(List.of(ACME), "NAMED", evidence("e1", NOON), List.of()));

    assertThat(people()).isEmpty();
  }

  @Test
  void leavesOutAnIdentifierWhoseValueIsNotKnownYet() {
    flow.arrive(event("e1", NOON, ANN));
    assign(COOKIE, "ann", 1);
    assign(ANN, "ann", 2);
    assertThat(person("ann").getIdentifiers()).hasSize(1);

    flow.arrive(event("e2", NOON, COOKIE));

    assertThat(person("ann").getIdentifiers()).hasSize(2);
  }

  @Test
  void countsTheDayOfItsArrivalForATimeThatCannotBeRight() {
    flow.arrive(event("e1", NOON.plus(Duration.ofDays(400)), ANN));
    flow.arrive(event("e2", Instant.ofEpochMilli(Long.MIN_VALUE), ANN));

    assertThat(people())
        .containsEntry("ann", new Person("ann", List.of(alone(ANN)), List.of(), TODAY, TODAY));
  }

  @Test
  void anEventWithoutIdentifiersIsAboutAPersonThatNothingJoins() {
    flow.arrive(EngagementEvents.event("bob", "e1", "page.viewed", NOON, Map.of()));

    assertThat(personOf("e1")).isEqualTo("bob");
    assertThat(flow.<Object>store(FindPerson.IDENTIFIERS).all()).isExhausted();
    assertThat(people()).isEmpty();
  }

  private void assign(Identifier identifier, String owner, long number) {
    JoinedBy why = owner.equals(identifier.getId()) ? null : joinedBy(owner);
    flow.send(
        Topics.IDENTITY_ASSIGNMENTS,
        identifier.getId(),
        new IdentityAssignment(Naming.linked(identifier), owner, number, why, "JOINED", List.of()));
  }

  private static JoinedBy joinedBy(String other) {
    return new JoinedBy(other, "NAMED", evidence("e1", NOON));
  }

  private static IdentityEvidence evidence(String event, Instant at) {
    return new IdentityEvidence("site", event, "page.viewed", at);
  }

  private static PersonIdentifier alone(Identifier identifier) {
    return new PersonIdentifier(identifier, "ALONE", TODAY, TODAY, null, List.of());
  }

  private static Event event(String id, Instant at, Identifier... named) {
    String key = named[0].getId();
    Event event = EngagementEvents.event(key, id, "page.viewed", at, Map.of());
    return Event.newBuilder(event)
        .setPerson(new PersonIdentity(key, null, null, Map.of(), null, List.of(named), List.of()))
        .build();
  }

  private String personOf(String event) {
    return flow.values(Topics.EVENTS_ORDERED).stream()
        .filter(ordered -> ordered.getEventId().equals(event))
        .flatMap(ordered -> ordered.getPerson().orElseThrow().getId().stream())
        .findFirst()
        .orElseThrow();
  }

  private Person person(String id) {
    return Optional.ofNullable(people().get(id)).orElseThrow();
  }

  /** The rows of all people by now. */
  private Map<String, Person> people() {
    for (TestRecord<String, Person> row : flow.read(Topics.PEOPLE)) {
      if (row.value() == null) {
        people.remove(row.key());
      } else {
        people.put(row.key(), row.value());
      }
    }
    return people;
  }
}
