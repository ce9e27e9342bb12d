package io.millrace.normalize.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.normalize.testing.Inbound;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import org.junit.jupiter.api.Test;

final class MappingTest {
  private static final String CREATED =
      "{\"event_id\":\"e\",\"event_type\":\"lead.created\",\"timestamp\":\"2026-03-01T10:00:00Z\","
          + "\"data\":{\"lead_id\":\"L-1\",\"origin\":\"fair\"},\"previous\":{\"origin\":null},"
          + "\"extra\":{\"plan\":\"pro\"}}";
  private static final String UPDATED = CREATED.replace("lead.created", "lead.updated");

  private final Inbound envelope = Inbound.of("envelope");

  @Test
  void renamesFieldsAndTheirPreviousValues() {
    Event event =
        envelope
            .mappedBy(
                """
                fields:
                  - {from: origin, to: lead_source, owner: marketing}
                  - {from: extra.plan, to: plan}
                """)
            .event(CREATED);

    assertThat(event.getData())
        .containsOnly(entry("lead_id", "L-1"), entry("lead_source", "fair"), entry("plan", "pro"));
    assertThat(event.getPrevious()).containsExactly(entry("lead_source", null));
  }

  @Test
  void fillsWhatIsMissingOnTheTypesItIsFor() {
    envelope.mappedBy(
        """
        fields:
          - {from: status, to: status, missing: default, default: NEW, on: [lead.created]}
          - {from: owner, to: owner, missing: null, on: "lead.created"}
        """);

    assertThat(envelope.event(CREATED).getData())
        .containsEntry("status", "NEW")
        .containsEntry("owner", null);
    assertThat(envelope.event(UPDATED).getData()).doesNotContainKeys("status", "owner");
  }

  @Test
  void refusesAnEventWithoutADemandedField() {
    DeadLetter letter =
        envelope
            .mappedBy("fields: [{from: company, to: company, missing: refuse}]")
            .refused(CREATED);

    assertThat(letter.getReason()).isEqualTo("MISSING_FIELD");
    assertThat(letter.getAttempts().get(0).getError()).contains("company", "mapping");
    assertThat(letter.getRecord()).contains(new RecordRef("lead", "tested:L-1"));
  }

  @Test
  void putsItsTypesBeforeTheProvidersOwn() {
    Event event =
        Inbound.of("segment")
            .mappedBy("types: [{from: track, where: {event: Demo*}, to: form.submitted}]")
            .event(
                "{\"type\":\"track\",\"event\":\"Demo Requested\",\"messageId\":\"m\",\"userId\":\"u\"}");

    assertThat(event.getEventType()).isEqualTo("form.submitted");
    assertThat(event.getRecord().getType()).isEqualTo("person");
  }

  @Test
  void givesRecordsAnotherIdentity() {
    Event event =
        Inbound.of("hubspot")
            .mappedBy("recordId: portalId+objectId")
            .event("[{\"subscriptionType\":\"contact.creation\",\"portalId\":1,\"objectId\":2}]");

    assertThat(event.getRecord().getId()).isEqualTo("tested:1:2");
  }

  @Test
  void saysEverythingThatIsWrong() {
    assertThatExceptionOfType(InvalidFileException.class)
        .isThrownBy(
            () ->
                Inbound.mapping(
                    """
                    fields:
                      - {from: a, to: b, missing: sometimes}
                      - {from: a, too: c}
                      - {from: d, to: d, missing: default}
                      - {from: e, to: e, default: x}
                      - {from: "f[", to: f}
                    types:
                      - {to: "Bad Name"}
                    colour: red
                    """))
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .extracting(Fault::toString)
                    .containsExactly(
                        "mapping.yaml:2: missing: sometimes cannot be used; use one of"
                            + " default, keep, null, refuse",
                        "mapping.yaml:3: the key to is missing; add it, as in to: company",
                        "mapping.yaml:3: a is mapped twice; keep one of the lines",
                        "mapping.yaml:3: the key too is unknown; did you mean to or on?",
                        "mapping.yaml:4: missing: default has no default value; add"
                            + " default: VALUE",
                        "mapping.yaml:5: default has no effect without missing: default; add missing: default",
                        "mapping.yaml:6: from: f[ cannot be read: 'f[' is not a path like"
                            + " a.b[0].c; correct it",
                        "mapping.yaml:8: the key from is missing; add it, as in from:"
                            + " [invoice.paid]",
                        "mapping.yaml:8: to: Bad Name cannot be read: 'Bad Name' is not a name"
                            + " like email.opened or product.{event}; correct it",
                        "mapping.yaml:9: the key colour is unknown; use one of account, atLeastOne,"
                            + " person, recordId, region"));
  }
}
