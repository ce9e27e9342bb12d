package io.millrace.edge;

import io.millrace.event.Delivery;
import java.util.concurrent.CompletionStage;

/** Stores verified deliveries durably; the edge answers 2xx only after that. */
public interface DeliveryLog {

  /**
   * Appends a delivery. Many threads call this method, and it returns immediately: a log that
   * cannot accept the delivery now reports that through the result, otherwise the sender would wait
   * for an answer it never gets.
   *
   * @return completes when the delivery is durable, or exceptionally when storing it failed; then
   *     it is unknown whether the delivery was stored.
   */
  CompletionStage<Void> append(Delivery delivery);

  /** Whether an append would succeed now, as far as that can be known without trying. */
  boolean isReady();
}
