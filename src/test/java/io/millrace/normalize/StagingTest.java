package io.millrace.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.normalize.testing.TestIds;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StagingTest {
  private static final Provider ENVELOPE = Catalogue.bundled().find("envelope").orElseThrow();

  @Test
  void keepsEveryKeyApartFromProduction() {
    Event production = event("shop", false);
    Event staging = event("shop-staging", true);

    assertThat(production.getRecord().getId()).isEqualTo("shop:L-1");
    assertThat(staging.getRecord().getType()).isEqualTo("lead");
    assertThat(staging.getRecord().getId()).isEqualTo("shop-staging:L-1");
    assertThat(production.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.email("ada@example.com"));
    assertThat(staging.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.id("email", "shop-staging", "ada@example.com"));
    assertThat(staging.getMetadata().getTags()).contains("staging");
    assertThat(production.getMetadata().getTags()).doesNotContain("staging");
    assertThat(staging.getData()).isEqualTo(production.getData());
  }

  @Test
  void keepsWhatCannotBeAnEventApartToo() {
    List<Normalized> results =
        normalize(
            "shop-staging",
            true,
            "{\"event_type\": \"lead.created\", \"timestamp\": \"2026-03-01T12:00:00Z\","
                + " \"data\": {\"lead_id\": \"L-1\"}}");

    assertThat(results)
        .singleElement()
        .isInstanceOfSatisfying(
            Normalized.Refused.class,
            refused ->
                assertThat(refused.deadLetter().getRecord().map(RecordRef::getId))
                    .contains("shop-staging:L-1"));
  }

  @Test
  void mergesRecordsOfItsOwnOnly() {
    Event merged =
        event(
            "shop-staging",
            true,
            "{\"event_id\": \"2\", \"event_type\": \"lead.merged\","
                + " \"timestamp\": \"2026-03-01T12:00:00Z\", \"data\": {\"lead_id\": \"L-1\","
                + " \"merged_ids\": [5, \"L-\\\"2\\\"\"], \"merged_id\": \"L-3\"}}");

    assertThat(merged.getData())
        .containsEntry("merged_ids", "[\"shop-staging:5\",\"shop-staging:L-\\\"2\\\"\"]")
        .containsEntry("merged_id", "shop-staging:L-3");
  }

  private static Event event(String source, boolean staging, String body) {
    return ((Normalized.Event) normalize(source, staging, body).getFirst()).event();
  }

  private static Event event(String source, boolean staging) {
    String body =
        "{\"event_id\": \"1\", \"event_type\": \"lead.created\","
            + " \"timestamp\": \"2026-03-01T12:00:00Z\","
            + " \"data\": {\"lead_id\": \"L-1\", \"email\": \"ada@example.com\"}}";
    return event(source, staging, body);
  }

  private static List<Normalized> normalize(String name, boolean staging, String body) {
    Source source =
        new Source(
            name,
            ENVELOPE,
            name,
            staging,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            false,
            Duration.ofDays(3),
            Optional.empty(),
            Mapping.none(),
            Optional.empty(),
            Optional.empty());
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId("d")
            .setSource(name)
            .setReceivedAt(Instant.parse("2026-03-01T12:00:01Z"))
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/" + name)
            .setHeaders(Map.of())
            .setBody(UTF_8.encode(body))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .build();
    return Normalizer.normalize(source, TestIds.rules(), delivery, 0, 1);
  }
}
