package io.millrace.bench.simulator;

/** What an event does to its subject. */
public enum Change {
  CREATED,
  UPDATED,
  DELETED,
  /** Behaviour: nothing changes. */
  ENGAGED,
  /** Behaviour that counts for the signal the demo expects. */
  PRICING_VISIT
}
