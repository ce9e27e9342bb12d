package io.millrace.rule;

/** Where an arriving record event goes. */
public sealed interface Placement {

  /** Something later has been emitted already. */
  record Late() implements Placement {}

  /** It is provably the record's next event. */
  record Next() implements Placement {}

  /**
   * It is held back. Times are milliseconds of the step's clock.
   *
   * @param ripeAt when it has waited long enough for earlier events of a known record
   * @param dueAt when it goes whatever happens, not before {@code ripeAt}
   */
  record Wait(long ripeAt, long dueAt) implements Placement {}
}
