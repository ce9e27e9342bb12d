package io.millrace.edge;

import io.millrace.event.Delivery;
import java.util.concurrent.CompletionStage;

/**
 * Where the edge puts verified deliveries; the edge answers 2xx only once this has them for good.
 */
public interface DeliveryLog {

  /**
   * Appends a delivery. Many threads call it, and it returns at once: a log that cannot take the
   * delivery now says so through the result, or the sender waits for an answer it never gets.
   *
   * @return completes when the delivery is durable, exceptionally when it could not be made so.
   *     After an exceptional end it is unknown whether the delivery was stored.
   */
  CompletionStage<Void> append(Delivery delivery);

  /** Whether an append would succeed now, as far as can be known without one. */
  boolean isReady();
}
