package io.millrace.bench.simulator.life;

/** What an event does to its subject. */
public enum Change {
  CREATED,
  UPDATED,
  DELETED,
  /** Engagement: no record changes. */
  ENGAGED,
  /** Engagement that counts for the signal that the demo expects. */
  PRICING_VISIT
}
