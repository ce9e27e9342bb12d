package io.millrace.audit;

import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;

/** How a part of a delivery can end. */
public enum Outcome {
  ORDERED,
  LATE,
  DUPLICATE,
  DEAD,
  SUPPRESSED;

  public Topic<?> topic() {
    return switch (this) {
      case ORDERED -> Topics.EVENTS_ORDERED;
      case LATE -> Topics.EVENTS_LATE;
      case DUPLICATE -> Topics.EVENTS_DUPLICATE;
      case DEAD -> Topics.DEAD_LETTERS;
      case SUPPRESSED -> Topics.EVENTS_SUPPRESSED;
    };
  }

  /** Whether the event is delivered to readers. */
  public boolean isAdmitted() {
    return this == ORDERED || this == LATE;
  }
}
