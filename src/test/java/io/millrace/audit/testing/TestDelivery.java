package io.millrace.audit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.Attempt;
import io.millrace.event.Delivery;
import io.millrace.event.ReplayedPart;
import io.millrace.provider.Catalogue;
import io.millrace.source.Sources;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Deliveries of canonical envelopes to the source {@code leads}, as the edge stores them. */
public final class TestDelivery {
  public static final String SOURCE = "leads";
  public static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  /** The sources of topology/sources. */
  static final Sources SOURCES =
      Sources.loadWithoutSecrets(Path.of("topology", "sources"), Catalogue.bundled());

  private static final Attempt FAILED =
      new Attempt(NOON, "normalize-deliveries", "MISSING_FIELD", "It failed.");

  private TestDelivery() {}

  public static Delivery of(String id, Instant arrival, String... events) {
    return Delivery.newBuilder()
        .setDeliveryId(id)
        .setSource(SOURCE)
        .setReceivedAt(arrival)
        .setMethod("POST")
        .setUrl("https://hooks.example.com/in/leads")
        .setHeaders(Map.of())
        .setBody(ByteBuffer.wrap(("[" + String.join(",", events) + "]").getBytes(UTF_8)))
        .setRemoteAddress("192.0.2.1")
        .setAssurance("BODY_SIGNED")
        .build();
  }

  /** The replay of one part of a delivery that had become a dead letter. */
  public static Delivery replay(Delivery delivery, int index) {
    return Delivery.newBuilder(delivery)
        .setReplay(delivery.getReplay() + 1)
        .setReplayedPart(new ReplayedPart(NOON, index, List.of(FAILED)))
        .build();
  }

  public static String lead(String eventId, String lead, Instant at) {
    return lead("lead.updated", eventId, lead, at);
  }

  public static String lead(String type, String eventId, String lead, Instant at) {
    return """
        {"event_id": "%s", "event_type": "%s", "source": "shop", "timestamp": "%s",
         "data": {"lead_id": "%s", "company": "C-%s"}}"""
        .formatted(eventId, type, at, lead, eventId);
  }

  public static String click(String eventId, String email, Instant at) {
    return """
        {"event_id": "%s", "event_type": "email.clicked", "source": "shop", "timestamp": "%s",
         "data": {"email": "%s"}}"""
        .formatted(eventId, at, email);
  }

  /** It has no id, and so is refused. */
  public static String nobody() {
    return "{\"event_type\": \"lead.updated\", \"timestamp\": \"2026-11-02T11:00:00Z\"}";
  }
}
