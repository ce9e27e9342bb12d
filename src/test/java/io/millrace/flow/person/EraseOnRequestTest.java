package io.millrace.flow.person;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Erasure;
import io.millrace.event.ErasureOrder;
import io.millrace.event.ErasureRequest;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.RecordRef;
import io.millrace.flow.erase.ErasureWrites;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.TestIdentifiers;
import io.millrace.flow.testing.TestRules;
import io.millrace.identity.IdentityRules;
import io.millrace.model.Assurance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sender asks to erase somebody. */
final class EraseOnRequestTest {
  private static final Identifier ANN = new Identifier("ann", "email", "", "ann@example.com");
  private static final Identifier COOKIE = new Identifier("cookie", "anonymous", "site", "1f");
  private static final Identifier CONTACT = new Identifier("contact", "contact", "crm", "101");
  private static final RecordRef RECORD = new RecordRef("contact", "crm:101");

  private EngagementFlow flow = new EngagementFlow(NOON);

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void erasesThePersonOfTheIdentifierWithAllOthers() {
    annIsKnown();
    flow.pass(Duration.ofHours(1));

    ask("contact", Assurance.BODY_SIGNED);

    assertThat(flow.values(Topics.ERASURES))
        .allSatisfy(
            each -> {
              assertThat(each.getRequestedBy()).isEqualTo("crm");
              assertThat(each.getReason()).isEqualTo("contact.erasure_requested");
              assertThat(each.getRequestedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
            })
        .extracting(Erasure::getIdentifier)
        .containsExactlyInAnyOrder("ann", "cookie", "contact");
    assertThat(flow.values(Topics.IDENTITY_DECISIONS))
        .allSatisfy(each -> assertThat(each.getDecision()).isEqualTo("ERASED"))
        .extracting(IdentityDecision::getDecidedBy)
        .containsExactly("crm", "crm", "crm");
    assertThat(flow.values(Topics.ERASE_PEOPLE))
        .extracting(ErasureOrder::getSubject)
        .contains("person/ann", "person/cookie", "person/contact");
    assertThat(flow.values(Topics.ERASE_RECORDS))
        .extracting(ErasureOrder::getSubject)
        .contains("contact/crm:101");
    assertThat(people()).doesNotContainKey("ann");
  }

  @Test
  void travelsToThePersonWithoutAnyValue() {
    annIsKnown();

    ask("contact", Assurance.BODY_SIGNED);

    List<TestRecord<String, ErasureRequest>> hops = flow.read(Topics.ERASURE_REQUESTS);
    assertThat(hops)
        .singleElement()
        .satisfies(
            hop -> {
              assertThat(hop.key()).isEqualTo("ann");
              assertThat(hop.value().getPerson()).contains("ann");
              assertThat(hop.value().toString()).doesNotContain("example.com");
            });
  }

  @Test
  void anUnsignedRequestErasesNobody() {
    annIsKnown();

    for (Assurance assurance : Assurance.values()) {
      if (assurance != Assurance.BODY_SIGNED) {
        ask("ann", assurance);
      }
    }

    assertNobodyIsErased();
    assertThat(flow.count("millrace.erasure.requests", "outcome", "unproved"))
        .isEqualTo(Assurance.values().length - 1);
  }

  @Test
  void aRequestThatNamesNobodyErasesNobody() {
    annIsKnown();

    send("crm", request("", Assurance.BODY_SIGNED));

    assertNobodyIsErased();
    assertThat(flow.count("millrace.erasure.requests", "outcome", "nameless")).isEqualTo(1);
  }

  @Test
  void onlyReportsIfTheRulesSaySo() {
    flow.close();
    IdentityRules real = TestRules.real().identity();
    IdentityRules rules =
        new IdentityRules(
            real.people(),
            real.accounts(),
            real.largest(),
            Set.of(),
            IdentityRules.ErasureRequests.REPORT);
    flow = new EngagementFlow(NOON, TestRules.with(rules), StoreKind.IN_MEMORY);
    annIsKnown();

    ask("ann", Assurance.BODY_SIGNED);

    assertNobodyIsErased();
    assertThat(flow.count("millrace.erasure.requests", "outcome", "reported")).isEqualTo(1);
  }

  @Test
  void theSameRequestTwiceIsTheSameErasure() {
    annIsKnown();

    ask("ann", Assurance.BODY_SIGNED);
    flow.pass(Duration.ofSeconds(5));
    ask("contact", Assurance.BODY_SIGNED);
    ask("ann", Assurance.BODY_SIGNED);

    assertThat(flow.values(Topics.ERASURES))
        .extracting(Erasure::getErasureId)
        .hasSizeGreaterThan(3)
        .containsOnly(ErasureWrites.idOf(request("ann", Assurance.BODY_SIGNED)));
    assertThat(people()).doesNotContainKeys("ann", "cookie", "contact");
  }

  @Test
  void suppressesWhoIsNotKnownYet() {
    ask("stranger", Assurance.BODY_SIGNED);

    assertThat(flow.values(Topics.ERASURES))
        .extracting(Erasure::getIdentifier)
        .containsExactly("stranger");
    assertThat(flow.values(Topics.ERASE_RECORDS))
        .as("the record of the event, in any case")
        .extracting(ErasureOrder::getSubject)
        .containsExactly("contact/crm:101");
  }

  @Test
  void followsAnIdentifierThatHasLeft() {
    annIsKnown();
    assign(COOKIE, "cookie", 4);

    // From a home that did not know yet.
    send(
        "ann",
        ErasureRequest.newBuilder(request("cookie", Assurance.BODY_SIGNED))
            .setPerson("ann")
            .setNumber(2)
            .build());

    assertThat(flow.values(Topics.ERASURES))
        .extracting(Erasure::getIdentifier)
        .containsExactly("cookie");
    assertThat(people()).containsKey("ann");
  }

  @Test
  void leavesOutWhoHasLeft() {
    annIsKnown();
    assign(COOKIE, "cookie", 4);

    ask("ann", Assurance.BODY_SIGNED);

    assertThat(flow.values(Topics.ERASURES))
        .extracting(Erasure::getIdentifier)
        .containsExactlyInAnyOrder("ann", "contact");
  }

  private void assertNobodyIsErased() {
    assertThat(flow.values(Topics.ERASURES)).isEmpty();
    assertThat(flow.values(Topics.IDENTITY_DECISIONS)).isEmpty();
    assertThat(flow.values(Topics.ERASE_PEOPLE)).isEmpty();
    assertThat(flow.values(Topics.ERASE_RECORDS)).isEmpty();
    assertThat(people()).containsKey("ann");
  }

  private void annIsKnown() {
    for (Identifier each : List.of(ANN, COOKIE)) {
      flow.arrive(event(each));
    }
    flow.send(
        Topics.IDENTIFIER_SIGHTINGS,
        "contact",
        new IdentifierSighting(
            List.of(CONTACT),
            "NAMED",
            new IdentityEvidence("crm", "e-contact", "x", NOON),
            List.of()));
    assign(ANN, "ann", 1);
    assign(COOKIE, "ann", 2);
    assign(CONTACT, "ann", 3);
  }

  private static Event event(Identifier identifier) {
    String id = identifier.getId();
    Event event = EngagementEvents.event(id, "e-" + id, "page.viewed", NOON, Map.of());
    return TestIdentifiers.naming(event, identifier);
  }

  private void assign(Identifier identifier, String owner, long number) {
    flow.send(
        Topics.IDENTITY_ASSIGNMENTS,
        identifier.getId(),
        IdentityAssignment.newBuilder()
            .setIdentifier(
                new LinkedIdentifier(
                    identifier.getId(), identifier.getKind(), identifier.getSystem()))
            .setOwner(owner)
            .setState("JOINED")
            .setNumber(number)
            .build());
  }

  private void ask(String identifier, Assurance assurance) {
    send(identifier, request(identifier, assurance));
  }

  private void send(String key, ErasureRequest request) {
    flow.send(Topics.ERASURE_REQUESTS, key, request);
  }

  private static ErasureRequest request(String identifier, Assurance assurance) {
    return ErasureRequest.newBuilder()
        .setIdentifier(identifier)
        .setRecord(RECORD)
        .setSource("crm")
        .setEventId("privacy-1")
        .setEventType("contact.erasure_requested")
        .setAssurance(assurance.name())
        .setReceivedAt(NOON)
        .build();
  }

  private Map<String, Person> people() {
    Map<String, Person> people = new HashMap<>();
    flow.read(Topics.PEOPLE)
        .forEach(
            row -> {
              if (row.value() == null) {
                people.remove(row.key());
              } else {
                people.put(row.key(), row.value());
              }
            });
    return people;
  }
}
