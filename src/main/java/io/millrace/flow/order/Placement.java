package io.millrace.flow.order;

/** Where an arriving record event goes. */
public sealed interface Placement {

  /** Something later has been emitted already. */
  record Late() implements Placement {}

  /** It is provably the record's next event. */
  record Next() implements Placement {}

  /**
   * It is held back.
   *
   * @param ripeAt when its reorder window is over, milliseconds of the step's clock
   * @param dueAt when it is looked at again unless another event of its record comes; not before it
   *     is ripe
   */
  record Wait(long ripeAt, long dueAt) implements Placement {}
}
