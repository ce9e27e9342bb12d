package io.millrace.bench.simulator.plan;

/** The position of a delivery's events in the order of their records when they arrive. */
public enum Arrival {
  /** After all earlier events; disorder within one delivery counts as in order too. */
  IN_ORDER,
  /**
   * Right after the event that should follow them, so within the reorder window; late only if the
   * system itself was delayed for longer than the window.
   */
  JUST_OVERTAKEN,
  /** The creation of a record, after an update that waits for it. */
  AWAITED,
  /** After the event that should follow them was seen on events-ordered, so certainly late. */
  LATE
}
