package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.rule.EventKeys;

/** Keeps count of what became of every event that was handed to the flow. */
final class FlowAccount {
  /** The source of what the flow says itself; it belongs to no delivery. */
  private static final String OURSELVES = "millrace";

  private FlowAccount() {}

  /** How many outcomes there are so far; each event that arrived has exactly one. */
  static long outcomes(ObservedTopics observed) {
    return observed.values(Topics.EVENTS_ORDERED).stream()
            .filter(event -> !event.getSource().equals(OURSELVES))
            .count()
        + observed.records(Topics.EVENTS_LATE).size()
        + observed.records(Topics.EVENTS_DUPLICATE).size()
        + observed.records(Topics.DEAD_LETTERS).size();
  }

  /** The key an event has in the topic its role reads. */
  static String key(Event event) {
    return event.getRecord().getType().equals(NormalizeDeliveries.ENGAGEMENT_RECORD)
        ? event.getRecord().getId()
        : EventKeys.record(event);
  }
}
