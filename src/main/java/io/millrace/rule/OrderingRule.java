package io.millrace.rule;

import java.time.Duration;

/**
 * How the events of one type of record are put in order.
 *
 * @param reorderWindow how long an event that is not provably next waits for earlier ones; zero or
 *     more
 * @param prerequisiteWait how long an event of an unknown record waits for the record's creation;
 *     zero where senders never announce one
 * @param maxWaitingPerRecord how many events of one record may wait before the earliest are let go;
 *     at least 1
 */
public record OrderingRule(
    Duration reorderWindow, Duration prerequisiteWait, int maxWaitingPerRecord) {

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
  }

  boolean expectsCreation() {
    return !prerequisiteWait.isZero();
  }
}
