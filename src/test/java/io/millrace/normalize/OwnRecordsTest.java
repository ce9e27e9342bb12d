package io.millrace.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.OneSource;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.model.EventKeys;
import io.millrace.normalize.field.FieldRules;
import io.millrace.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two CRMs count from 1. */
class OwnRecordsTest {
  private static final String OWN =
      "provider: envelope\nsecrets: [{ref: env:A}]\nmapping: {recordIds: own}\n";

  @TempDir private Path folder;

  @Test
  void sameNumberOfTwoSourcesIsTwoRecords() {
    Event one = event("hubspot", "lead.created", "\"lead_id\": 101, \"email\": \"ann@a.co\"");
    Event other = event("pipedrive", "lead.created", "\"lead_id\": 101, \"email\": \"bob@b.co\"");

    assertThat(EventKeys.record(one)).isEqualTo("lead/hubspot:101");
    assertThat(EventKeys.record(other)).isEqualTo("lead/pipedrive:101");
    assertThat(one.getPerson().orElseThrow().getKey()).isEqualTo("ann@a.co");
    assertThat(one.getMetadata().getTags()).isEmpty();
  }

  @Test
  void mergesRecordsOfItsOwnOnly() {
    Event merged = event("hubspot", "lead.merged", "\"lead_id\": 1, \"merged_ids\": [2, \"x\"]");
    Event plain = event("hubspot", "lead.merged", "\"lead_id\": 1, \"merged_ids\": \"2\"");
    Event into = event("hubspot", "lead.merged", "\"lead_id\": 1, \"merged_into\": 2");
    Event unreadable = event("hubspot", "lead.merged", "\"lead_id\": 1, \"merged_ids\": [null]");
    Event other = event("hubspot", "lead.updated", "\"lead_id\": 1, \"merged_id\": 2");

    assertThat(merged.getData()).containsEntry("merged_ids", "[\"hubspot:2\",\"hubspot:x\"]");
    assertThat(plain.getData()).containsEntry("merged_ids", "hubspot:2");
    assertThat(into.getData()).containsEntry("merged_into", "hubspot:2");
    assertThat(unreadable.getData()).containsEntry("merged_ids", "[null]");
    assertThat(other.getData()).containsEntry("merged_id", "2");
  }

  @Test
  void whatAPersonDoesIsKnownByThePerson() {
    Event visit = event("web", "page.viewed", "\"email\": \"ann@a.co\"");

    assertThat(EventKeys.record(visit)).isEqualTo("person/ann@a.co");
  }

  @Test
  void letterOfARefusedEventNamesTheSameRecord() {
    Normalized refused =
        normalized("hubspot", "\"event_type\": \"lead.created\"", "\"lead_id\": 101").getFirst();

    assertThat(refused)
        .isInstanceOfSatisfying(
            Normalized.Refused.class,
            letter ->
                assertThat(letter.deadLetter().getRecord().orElseThrow().getId())
                    .isEqualTo("hubspot:101"));
  }

  private Event event(String source, String type, String data) {
    String head = "\"event_id\": \"1\", \"event_type\": \"%s\"".formatted(type);
    return ((Normalized.Event) normalized(source, head, data).getFirst()).event();
  }

  private List<Normalized> normalized(String name, String head, String data) {
    Source source = OneSource.of(folder, name, OWN);
    String body =
        "{%s, \"timestamp\": \"%s\", \"data\": {%s}}".formatted(head, RecordsFlow.START, data);
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId("d")
            .setSource(name)
            .setReceivedAt(RecordsFlow.START)
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/" + name)
            .setHeaders(Map.of())
            .setBody(UTF_8.encode(body))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .build();
    return Normalizer.normalize(source, FieldRules.none(), delivery, 0, 1);
  }
}
