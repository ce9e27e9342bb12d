package io.millrace.flow.order;

/** The decision about an arriving record event. */
public sealed interface Placement {

  /** A later event was already emitted. */
  record Late() implements Placement {}

  /** It is provably the record's next event. */
  record Next() implements Placement {}

  /**
   * It is held back.
   *
   * @param ripeAt when its reorder window is over, milliseconds of the step's clock
   * @param dueAt when it is checked again unless another event of its record arrives; not before
   *     {@code ripeAt}
   */
  record Wait(long ripeAt, long dueAt) implements Placement {}
}
