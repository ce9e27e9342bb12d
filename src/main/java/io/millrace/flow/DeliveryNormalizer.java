package io.millrace.flow;

import io.millrace.event.Delivery;
import io.millrace.normalize.Normalized;
import java.util.List;

/** Turns a delivery into its events and dead letters. */
@FunctionalInterface
public interface DeliveryNormalizer {

  /**
   * Every part of the delivery, in its order.
   *
   * @param partition the delivery's partition of deliveries-received
   * @param offset the delivery's offset in it
   */
  List<Normalized> normalize(Delivery delivery, int partition, long offset);
}
