package io.millrace.edge;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the edge is about to stop, and so takes nothing new. */
final class Draining {
  private final AtomicBoolean begun = new AtomicBoolean();

  /** False if it had begun before. */
  boolean begin() {
    return begun.compareAndSet(false, true);
  }

  boolean hasBegun() {
    return begun.get();
  }

  void refuseIfBegun() {
    if (hasBegun()) {
      throw Problem.of(
              Reason.SHUTTING_DOWN, "The edge is shutting down; send the delivery again shortly")
          .retryAfter(RetryAfter.RESTARTED)
          .closingConnection()
          .toException();
    }
  }
}
