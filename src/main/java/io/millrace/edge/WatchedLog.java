package io.millrace.edge;

import io.millrace.edge.wire.InFlight;
import io.millrace.event.Delivery;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tracks the deliveries whose append is pending. An append can outlive its request: a delivery that
 * was answered 503 may still be written.
 */
public final class WatchedLog implements DeliveryLog {
  private final DeliveryLog log;
  private final InFlight inFlight = new InFlight();

  public WatchedLog(DeliveryLog log) {
    this.log = log;
  }

  @Override
  public CompletionStage<Void> append(Delivery delivery) {
    Instant arrival = delivery.getReceivedAt();
    inFlight.begin(arrival);
    try {
      return log.append(delivery).whenComplete((stored, failure) -> inFlight.end(arrival));
    } catch (RuntimeException failure) {
      inFlight.end(arrival);
      throw failure;
    }
  }

  @Override
  public boolean isReady() {
    return log.isReady();
  }

  /** The arrival of the earliest delivery whose append is pending. */
  public Optional<Instant> earliest() {
    return inFlight.earliest();
  }
}
