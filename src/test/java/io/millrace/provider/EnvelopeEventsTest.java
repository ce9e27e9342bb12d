package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.event.AccountIdentity;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvelopeEventsTest {
  private final Inbound envelope = Inbound.of("envelope");

  @Test
  void takesTheCanonicalEnvelopeAsItIs() {
    Event event =
        envelope
            .replayed(2)
            .event(
                """
                {"event_id":"e-1","event_type":"lead.status_changed","source":"backoffice",
                 "timestamp":"2026-03-01T10:59:58+01:00","schema_version":2,
                 "data":{"lead_id":"L-1","status":"QUALIFIED","email":"Ada@Example.com","fit":1.10,"big":12345678901234567890},
                 "previous":{"status":"NEW"},
                 "metadata":{"priority":"high","tags":["a","b"],"correlation_id":"c-1","sequence":7}}
                """);

    assertThat(event)
        .isEqualTo(
            Event.newBuilder()
                .setEventId("e-1")
                .setEventType("lead.status_changed")
                .setSource("tested")
                .setOccurredAt(Instant.parse("2026-03-01T09:59:58Z"))
                .setReceivedAt(Inbound.RECEIVED_AT)
                .setSchemaVersion("2")
                .setRecord(new RecordRef("lead", "tested:L-1"))
                .setPerson(
                    PersonIdentity.newBuilder()
                        .setKey(TestIds.email("ada@example.com"))
                        .setEmail("ada@example.com")
                        .setExternalIds(Map.of("lead_id", "L-1"))
                        .setIdentifiers(
                            List.of(
                                TestIds.IDS.identifier("email", "", "ada@example.com"),
                                TestIds.IDS.identifier("lead", "tested", "L-1")))
                        .build())
                .setAccount(
                    AccountIdentity.newBuilder()
                        .setKey(TestIds.id("domain", "", "example.com"))
                        .setDomain("example.com")
                        .setIdentifiers(
                            List.of(TestIds.IDS.identifier("domain", "", "example.com")))
                        .build())
                .setData(
                    Map.of(
                        "lead_id", "L-1",
                        "status", "QUALIFIED",
                        "email", "Ada@Example.com",
                        "fit", "1.10",
                        "big", "12345678901234567890"))
                .setPrevious(Map.of("status", "NEW"))
                .setMetadata(
                    EventMetadata.newBuilder()
                        .setPriority("HIGH")
                        .setTags(List.of("a", "b", "origin:backoffice"))
                        .setCorrelationId("c-1")
                        .setAssurance("BODY_SIGNED")
                        .setAttempts(List.of())
                        .setProblems(List.of())
                        .setLineage(
                            new Lineage(Inbound.DELIVERY_ID, Inbound.PARTITION, Inbound.OFFSET, 0))
                        .setReplay(2)
                        .setSequence(7L)
                        .build())
                .build());
  }

  @Test
  void findsTheRecordByWhatTheTypeNames() {
    assertThat(record("deal.stage_changed", "{\"deal_id\":\"D-1\",\"contact_id\":\"C-1\"}", ""))
        .isEqualTo(new RecordRef("deal", "tested:D-1"));
    assertThat(record("contact.created", "{\"id\":7}", ""))
        .isEqualTo(new RecordRef("contact", "tested:7"));
    assertThat(record("deal.updated", "{}", ",\"record\":{\"type\":\"Deal\",\"id\":\"D-9\"}"))
        .isEqualTo(new RecordRef("deal", "tested:D-9"));
  }

  @Test
  void makesWhatPeopleDoEngagement() {
    assertThat(record("email.opened", "{\"email\":\"A@B.example\",\"lead_id\":\"L-1\"}", ""))
        .isEqualTo(new RecordRef("person", TestIds.email("a@b.example")));
    assertThat(record("page.viewed", "{\"lead_id\":\"L-1\"}", ""))
        .isEqualTo(new RecordRef("person", TestIds.id("lead", "tested", "L-1")));
    assertThat(record("email.opened", "{\"person_id\":\"a@b.example\"}", ""))
        .isEqualTo(new RecordRef("person", TestIds.email("a@b.example")));
    assertThat(record("page.viewed", "{}", ",\"record\":{\"type\":\"person\",\"id\":\"P-1\"}"))
        .isEqualTo(new RecordRef("person", TestIds.id("person", "tested", "P-1")));
  }

  private RecordRef record(String type, String data, String more) {
    return envelope
        .event(
            """
            {"event_id":"e","event_type":"%s","timestamp":"2026-03-01T10:00:00Z","data":%s%s}
            """
                .formatted(type, data, more))
        .getRecord();
  }

  @Test
  void refusesAnEnvelopeWithoutANecessaryPart() {
    String whole =
        "{\"event_id\":\"e\",\"event_type\":\"lead.created\",\"timestamp\":\"2026-03-01T10:00:00Z\","
            + "\"data\":{\"lead_id\":\"L-1\"}}";

    for (String field : List.of("event_id", "event_type", "timestamp", "lead_id")) {
      DeadLetter letter = envelope.refused(whole.replace("\"" + field + "\"", "\"other\""));

      assertThat(letter.getReason()).isEqualTo("MISSING_FIELD");
      assertThat(letter.getAttempts().get(0).getError()).contains(field);
    }
  }

  @Test
  void namesTheTimeThatIsNone() {
    DeadLetter letter =
        envelope.refused(
            "{\"event_id\":\"e\",\"event_type\":\"lead.created\",\"timestamp\":\"yesterday\","
                + "\"data\":{\"lead_id\":\"L-1\"}}");

    assertThat(letter.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(letter.getAttempts().get(0).getError())
        .isEqualTo(
            "timestamp is 'yesterday', which is not an ISO 8601 time like 2026-01-31T08:15:30Z.");
    assertThat(letter.getOccurredAt()).isEmpty();
    assertThat(letter.getEventType()).contains("lead.created");
  }

  @Test
  void acceptsATimeInTheFuture() {
    Event event =
        envelope.event(
            "{\"event_id\":\"e\",\"event_type\":\"lead.created\",\"timestamp\":\"2126-03-01T10:00:00Z\","
                + "\"data\":{\"lead_id\":\"L-1\"}}");

    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2126-03-01T10:00:00Z"));
    assertThat(event.getReceivedAt()).isEqualTo(Inbound.RECEIVED_AT);
  }

  @Test
  void keepsAnInvalidAddressAsDataOnly() {
    Event event =
        envelope.event(
            "{\"event_id\":\"e\",\"event_type\":\"lead.created\",\"timestamp\":\"2026-03-01T10:00:00Z\","
                + "\"data\":{\"lead_id\":\"L-1\",\"email\":\"n/a\"}}");

    assertThat(event.getData()).contains(entry("email", "n/a"));
    assertThat(event.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.id("lead", "tested", "L-1"));
    assertThat(event.getPerson().orElseThrow().getEmail()).isEmpty();
  }
}
