package io.millrace.audit;

import io.millrace.kafka.Topic;
import io.millrace.stream.Topics;

/** How a part of a delivery can end. */
public enum Outcome {
  ORDERED(Topics.EVENTS_ORDERED),
  LATE(Topics.EVENTS_LATE),
  DUPLICATE(Topics.EVENTS_DUPLICATE),
  DEAD(Topics.DEAD_LETTERS);

  private final Topic<?> topic;

  Outcome(Topic<?> topic) {
    this.topic = topic;
  }

  /** The topic it is found on. */
  public Topic<?> topic() {
    return topic;
  }

  /** Whether the event is delivered to readers. */
  boolean isAdmitted() {
    return this == ORDERED || this == LATE;
  }
}
