package io.millrace.model;

import io.millrace.event.Event;
import io.millrace.event.EventMetadata;

/** Events that were released without their prerequisite or context. */
public final class OrphanEvents {
  private OrphanEvents() {}

  /** The event with the flag; it shares everything else, which Avro's builder would copy deeply. */
  public static Event flagged(Event event) {
    EventMetadata known = event.getMetadata();
    EventMetadata metadata =
        new EventMetadata(
            known.getPriority(),
            known.getTags(),
            known.getCorrelationId().orElse(null),
            known.getAssurance(),
            known.getLineage(),
            known.getReplay(),
            known.getSequence().orElse(null),
            true,
            known.getAttempts(),
            known.getProblems());
    return new Event(
        event.getEventId(),
        event.getEventType(),
        event.getSource(),
        event.getOccurredAt(),
        event.getReceivedAt(),
        event.getSchemaVersion(),
        event.getRecord(),
        event.getPerson().orElse(null),
        event.getAccount().orElse(null),
        event.getData(),
        event.getPrevious(),
        metadata);
  }
}
