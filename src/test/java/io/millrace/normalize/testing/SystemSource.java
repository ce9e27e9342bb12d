package io.millrace.normalize.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.edge.testing.OneSource;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.IdentifierSighting;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.field.FieldRules;
import io.millrace.source.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A source with a file of its own, and what becomes of the envelopes that it sends. */
public record SystemSource(Source source, NormalizeRules rules) {
  private static final Instant RECEIVED = Instant.parse("2026-11-01T10:00:00Z");

  /** The real fields are checked. */
  public static SystemSource of(Path folder, String name, String rest) {
    Source source =
        OneSource.of(folder, name, "provider: envelope\nsecrets: [{ref: env:A}]\n" + rest);
    return new SystemSource(source, TestIds.rules(FieldRules.load(Path.of("topology", "rules"))));
  }

  public Event event(String type, String data) {
    return made("\"event_id\": \"1\"", type, data).event();
  }

  public List<IdentifierSighting> sightings(String type, String data) {
    return made("\"event_id\": \"1\"", type, data).sightings();
  }

  private Normalized.Event made(String head, String type, String data) {
    Normalized normalized = normalized(head, type, data);
    if (normalized instanceof Normalized.Event made) {
      return made;
    }
    throw new AssertionError("Not an event: " + normalized);
  }

  /** An event without an id, which is refused. */
  public Normalized.Refused refused(String type, String data) {
    Normalized normalized = normalized("\"origin\": \"x\"", type, data);
    if (normalized instanceof Normalized.Refused refused) {
      return refused;
    }
    throw new AssertionError("Not refused: " + normalized);
  }

  /** Why a whole event is refused. */
  public String refusal(String type, String data) {
    Normalized normalized = normalized("\"event_id\": \"1\"", type, data);
    if (normalized instanceof Normalized.Refused refused) {
      return refused.deadLetter().getAttempts().getFirst().getError();
    }
    throw new AssertionError("Not refused: " + normalized);
  }

  private Normalized normalized(String head, String type, String data) {
    String body =
        "{%s, \"event_type\": \"%s\", \"timestamp\": \"2026-11-01T09:00:00Z\", \"data\": {%s}}"
            .formatted(head, type, data);
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId("d")
            .setSource(source.name())
            .setReceivedAt(RECEIVED)
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/" + source.name())
            .setHeaders(Map.of())
            .setBody(UTF_8.encode(body))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .build();
    return Normalizer.normalize(source, rules, delivery, 0, 1).getFirst();
  }
}
