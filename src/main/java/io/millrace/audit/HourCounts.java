package io.millrace.audit;

import java.time.Instant;

/**
 * The balance of one source and hour.
 *
 * @param hour start of the hour of arrival, UTC
 * @param deliveries how many came in
 * @param accepted their parts, each an event, a dead letter or nothing
 * @param nothing parts that report nothing, such as pings
 * @param suppressed parts about people who were erased
 * @param waiting parts held until their turn
 * @param underWay parts the flow has not reached yet
 * @param missing parts without an outcome
 * @param doubled outcomes beyond a part's first
 */
public record HourCounts(
    String source,
    Instant hour,
    long deliveries,
    long accepted,
    long ordered,
    long late,
    long duplicate,
    long dead,
    long nothing,
    long suppressed,
    long waiting,
    long underWay,
    long missing,
    long doubled) {

  /** Zero counts of a source and hour. */
  static HourCounts none(String source, Instant hour) {
    return new HourCounts(source, hour, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Whether every part has exactly one outcome. */
  public boolean isQuiet() {
    return waiting == 0 && underWay == 0 && missing == 0 && doubled == 0;
  }

  /** The sum of both, with the name and hour of this one. */
  public HourCounts plus(HourCounts other) {
    return new HourCounts(
        source,
        hour,
        deliveries + other.deliveries,
        accepted + other.accepted,
        ordered + other.ordered,
        late + other.late,
        duplicate + other.duplicate,
        dead + other.dead,
        nothing + other.nothing,
        suppressed + other.suppressed,
        waiting + other.waiting,
        underWay + other.underWay,
        missing + other.missing,
        doubled + other.doubled);
  }
}
