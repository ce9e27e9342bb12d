package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One event as its sender would report it.
 *
 * @param id names the event within the plan; copies share it
 * @param source the connected source it is sent to
 * @param occurredAt the sender's time, unique among the events of a record
 * @param body the sender's JSON; belongs to this event only and is never changed
 * @param usable false when a mandatory field is missing, so that it must become a dead letter
 */
public record SimulatedEvent(
    String id,
    String source,
    Subject subject,
    Change change,
    Instant occurredAt,
    ObjectNode body,
    boolean usable) {

  public boolean isAboutRecord() {
    return subject instanceof Subject.OfRecord;
  }

  /** The same event with another body. */
  public SimulatedEvent withBody(ObjectNode changed) {
    return new SimulatedEvent(id, source, subject, change, occurredAt, changed, usable);
  }

  /** The same event without a mandatory field of its source. */
  public SimulatedEvent unusable(String deadId, ObjectNode changed) {
    return new SimulatedEvent(deadId, source, subject, change, occurredAt, changed, false);
  }
}
