package io.millrace.flow.testing;

import io.millrace.event.Attempt;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.kafka.topic.TrustedTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Engagement events for tests. */
public final class EngagementEvents {
  public static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  static {
    TrustedTypes.declare();
  }

  private EngagementEvents() {}

  public static Event event(
      String person, String id, String type, Instant occurredAt, Map<String, String> data) {
    return Event.newBuilder()
        .setEventId(id)
        .setEventType(type)
        .setSource("site")
        .setOccurredAt(occurredAt)
        .setReceivedAt(occurredAt)
        .setRecord(new RecordRef("person", person))
        .setPerson(PersonIdentity.newBuilder().setKey(person).build())
        .setData(data)
        .setMetadata(
            EventMetadata.newBuilder()
                .setAssurance("BODY_SIGNED")
                .setLineage(new Lineage("delivery-" + id, 0, 0L, 0))
                .build())
        .build();
  }

  public static Event pricingVisit(String person, String id, Instant occurredAt) {
    return event(person, id, "page.viewed", occurredAt, Map.of("path", "/pricing"));
  }

  public static Event arrived(Event event, Instant receivedAt) {
    return Event.newBuilder(event).setReceivedAt(receivedAt).build();
  }

  /** The event in a delivery of its own. */
  public static Event delivered(Event event, long offset) {
    Lineage sent = event.getMetadata().getLineage();
    Lineage lineage = new Lineage(sent.getDeliveryId(), 0, offset, sent.getIndex());
    return Event.newBuilder(event)
        .setMetadata(EventMetadata.newBuilder(event.getMetadata()).setLineage(lineage).build())
        .build();
  }

  public static Event replayed(Event event, int replay) {
    return Event.newBuilder(event)
        .setMetadata(EventMetadata.newBuilder(event.getMetadata()).setReplay(replay).build())
        .build();
  }

  /** The first replay of a dead letter: the event failed before it got to its step. */
  public static Event letter(Event event) {
    Attempt failure = new Attempt(NOON, "normalize-deliveries", "MISSING_FIELD", "It failed.");
    return Event.newBuilder(event)
        .setMetadata(
            EventMetadata.newBuilder(event.getMetadata())
                .setReplay(1)
                .setAttempts(List.of(failure))
                .build())
        .build();
  }
}
