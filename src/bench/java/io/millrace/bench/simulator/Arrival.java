package io.millrace.bench.simulator;

/** Where a delivery's events stand in the order of their records when they arrive. */
public enum Arrival {
  /** After everything before them; what is out of place within one delivery counts as such too. */
  IN_ORDER,
  /**
   * Right after the event they belong before, so within the reorder window; late only when the
   * system itself was held up for longer than the window.
   */
  JUST_OVERTAKEN,
  /** The creation of a record, after an update that waits for it. */
  AWAITED,
  /** After the event they belong before was seen on events-ordered: late for certain. */
  LATE
}
