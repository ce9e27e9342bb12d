package io.millrace.bench.ledger;

import io.millrace.event.Delivery;

/** Counts, independently of the flow, the events that a delivery must become. */
@FunctionalInterface
public interface EventCounter {

  /** Events and dead letters in a delivery; an unreadable one counts as one. */
  int parts(Delivery delivery, int partition, long offset);
}
