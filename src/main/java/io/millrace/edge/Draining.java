package io.millrace.edge;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the edge is shutting down and refuses new deliveries. */
final class Draining {
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Begins to drain; false if that had begun before. */
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
