package io.millrace.flow.order;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How the events of one type of record are put in order.
 *
 * @param reorderWindow how long an event that is not provably next waits for earlier ones; zero or
 *     more
 * @param prerequisiteWait how long an event waits for what it misses; zero where nothing is known
 *     to be missing
 * @param maxWaitingPerRecord how many events of one record may wait before the earliest are let go;
 *     at least 1
 * @param expectsCreation whether senders announce that a record came into being
 * @param follows fields whose {@code previous} value must be what is held
 * @param contiguousSequence whether senders number a record's events without gaps
 * @param prerequisites what events of some types need besides
 */
public record OrderingRule(
    Duration reorderWindow,
    Duration prerequisiteWait,
    int maxWaitingPerRecord,
    boolean expectsCreation,
    Set<String> follows,
    boolean contiguousSequence,
    List<EventPrerequisite> prerequisites) {

  public OrderingRule {
    if (reorderWindow.isNegative() || prerequisiteWait.isNegative()) {
      throw new IllegalArgumentException(
          "reorderWindow %s and prerequisiteWait %s must not be negative"
              .formatted(reorderWindow, prerequisiteWait));
    }
    if (maxWaitingPerRecord < 1) {
      throw new IllegalArgumentException(
          "maxWaitingPerRecord %d must be at least 1".formatted(maxWaitingPerRecord));
    }
    follows = Set.copyOf(follows);
    prerequisites = List.copyOf(prerequisites);
  }

  /** A rule that knows of no prerequisite but the record's creation, and of none without a wait. */
  public OrderingRule(Duration reorderWindow, Duration prerequisiteWait, int maxWaitingPerRecord) {
    this(
        reorderWindow,
        prerequisiteWait,
        maxWaitingPerRecord,
        !prerequisiteWait.isZero(),
        Set.of(),
        false,
        List.of());
  }

  /** The same with another window, as some sources have one of their own. */
  public OrderingRule withReorderWindow(Duration window) {
    return new OrderingRule(
        window,
        prerequisiteWait,
        maxWaitingPerRecord,
        expectsCreation,
        follows,
        contiguousSequence,
        prerequisites);
  }

  /** When an event stops waiting for what it misses; {@code ripeAt} is the end of its window. */
  long givesUpAt(long ripeAt) {
    return Math.max(ripeAt, ripeAt - reorderWindow.toMillis() + prerequisiteWait.toMillis());
  }
}
