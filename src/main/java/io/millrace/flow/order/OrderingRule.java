package io.millrace.flow.order;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How the events of one record type are put in order.
 *
 * @param reorderWindow how long an event that is not provably next waits for earlier ones; zero or
 *     more
 * @param prerequisiteWait how long an event waits for a missing prerequisite; zero to not wait
 * @param maxWaitingPerRecord how many events of one record may wait before the earliest are
 *     released; at least 1
 * @param expectsCreation whether senders announce the creation of a record
 * @param follows fields whose {@code previous} value must equal the record's value
 * @param contiguousSequence whether senders number a record's events without gaps
 * @param prerequisites additional prerequisites of some event types
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

  /** A rule whose only prerequisite is the record's creation, or none if there is no wait. */
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

  /** The same rule with the reorder window of a source. */
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

  /**
   * When an event stops waiting for its prerequisite; {@code ripeAt} is the end of its reorder
   * window.
   */
  long givesUpAt(long ripeAt) {
    return Math.max(ripeAt, ripeAt - reorderWindow.toMillis() + prerequisiteWait.toMillis());
  }
}
