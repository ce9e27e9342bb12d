package io.millrace.flow;

import io.millrace.event.Delivery;
import io.millrace.normalize.Normalized;
import java.util.List;

/** Turns a delivery into what it says. */
@FunctionalInterface
public interface DeliveryNormalizer {

  /**
   * Everything the delivery holds, in its order.
   *
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset the delivery's offset in it
   */
  List<Normalized> normalize(Delivery delivery, int partition, long offset);
}
