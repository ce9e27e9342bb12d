package io.millrace.bench.ledger;

/**
 * One source's figures, expected or counted.
 *
 * @param deliveries deliveries that were stored
 * @param refused requests that were finally refused
 * @param events events accepted, dead ones included
 * @param reordered ordered events that come after one that arrived later; part of ordered
 */
public record SourceCounts(
    long deliveries,
    long refused,
    long events,
    long ordered,
    long duplicate,
    long late,
    long dead,
    long reordered) {
  static final SourceCounts NOTHING = new SourceCounts(0, 0, 0, 0, 0, 0, 0, 0);

  SourceCounts plus(SourceCounts other) {
    return new SourceCounts(
        deliveries + other.deliveries,
        refused + other.refused,
        events + other.events,
        ordered + other.ordered,
        duplicate + other.duplicate,
        late + other.late,
        dead + other.dead,
        reordered + other.reordered);
  }
}
