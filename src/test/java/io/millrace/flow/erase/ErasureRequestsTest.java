package io.millrace.flow.erase;

import static io.millrace.flow.testing.TestIdentifiers.email;
import static io.millrace.flow.testing.TestIdentifiers.naming;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.ErasureRequest;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.RecordRef;
import io.millrace.flow.erase.ErasureRequests.Outcome;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestIdentifiers;
import io.millrace.identity.IdentityRules;
import io.millrace.model.Assurance;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasureRequestsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final Identifier ADA = email("ada@example.com");
  private static final Identifier CONTACT = TestIdentifiers.of("contact", "crm", "101");
  private static final Event DELETION =
      TestEvent.of("contact.erasure_requested", "contact/crm:101").id("e1").build();

  @Test
  void isOnePerIdentifierOfThePerson() {
    List<ErasureRequest> requests = ErasureRequests.of(naming(DELETION, ADA, CONTACT));

    assertThat(requests)
        .extracting(ErasureRequests::key)
        .containsExactly(ADA.getId(), CONTACT.getId());
    assertThat(requests)
        .allSatisfy(
            each -> assertThat(each.getRecord()).contains(new RecordRef("contact", "crm:101")))
        .extracting(ErasureWrites::idOf)
        .as("one erasure")
        .containsOnly(ErasureWrites.idOf(requests.getFirst()));
    assertThat(requests.toString()).doesNotContain("ada@");
  }

  @Test
  void isKeyedByItsSourceIfItNamesNobody() {
    ErasureRequest request = ErasureRequests.of(DELETION).getFirst();

    assertThat(ErasureRequests.key(request)).isEqualTo(DELETION.getSource());
    assertThat(outcome(request, Assurance.BODY_SIGNED)).isEqualTo(Outcome.NAMELESS);
  }

  @Test
  void hasNoRecordIfItIsEngagement() {
    Event event =
        naming(TestEvent.of("person.erasure_requested", "person/" + ADA.getId()).build(), ADA);

    assertThat(ErasureRequests.of(event).getFirst().getRecord()).isEmpty();
  }

  @Test
  void erasesOnlyIfTheWholeBodyWasSigned() {
    ErasureRequest request = ErasureRequests.of(naming(DELETION, ADA)).getFirst();

    for (Assurance assurance : Assurance.values()) {
      assertThat(outcome(request, assurance))
          .as(assurance.name())
          .isEqualTo(assurance == Assurance.BODY_SIGNED ? Outcome.ERASED : Outcome.UNPROVED);
    }
  }

  @Test
  void isOnlyReportedIfTheRulesSaySo() {
    ErasureRequest request = proved(ErasureRequests.of(naming(DELETION, ADA)).getFirst());

    assertThat(ErasureRequests.outcome(request, IdentityRules.ErasureRequests.REPORT))
        .isEqualTo(Outcome.REPORTED);
  }

  @Test
  void namesTheSourceAsTheOneWhoOrdered() {
    ErasureWrites writes =
        ErasureWrites.of(ErasureRequests.of(naming(DELETION, ADA)).getFirst(), NOW);

    assertThat(writes.by()).isEqualTo(DELETION.getSource());
    assertThat(writes.reason()).isEqualTo("contact.erasure_requested");
    assertThat(writes.at()).isEqualTo(NOW);
  }

  private static Outcome outcome(ErasureRequest request, Assurance assurance) {
    return ErasureRequests.outcome(
        ErasureRequest.newBuilder(request).setAssurance(assurance.name()).build(),
        IdentityRules.ErasureRequests.ERASE);
  }

  private static ErasureRequest proved(ErasureRequest request) {
    return ErasureRequest.newBuilder(request).setAssurance(Assurance.BODY_SIGNED.name()).build();
  }
}
