package io.millrace.stack.ledger;

/** What became of one accepted event; every one has exactly one outcome. */
public enum Outcome {
  ORDERED,
  DUPLICATE,
  LATE,
  DEAD
}
