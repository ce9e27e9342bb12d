package io.millrace.edge;

import io.millrace.edge.wire.Undecided;
import io.millrace.event.Delivery;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Knows which deliveries a log was given and has not decided about. That can last longer than the
 * request: what was answered 503 may still be written.
 */
public final class WatchedLog implements DeliveryLog {
  private final DeliveryLog log;
  private final Undecided undecided = new Undecided();

  public WatchedLog(DeliveryLog log) {
    this.log = log;
  }

  @Override
  public CompletionStage<Void> append(Delivery delivery) {
    Instant arrival = delivery.getReceivedAt();
    undecided.begin(arrival);
    try {
      return log.append(delivery).whenComplete((stored, failure) -> undecided.end(arrival));
    } catch (RuntimeException failure) {
      undecided.end(arrival);
      throw failure;
    }
  }

  @Override
  public boolean isReady() {
    return log.isReady();
  }

  /** When the earliest delivery arrived that the log has not decided about. */
  public Optional<Instant> earliest() {
    return undecided.earliest();
  }
}
