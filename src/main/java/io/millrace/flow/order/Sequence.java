package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.model.EventOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers senders give the events of a record. Each source counts for itself, and a record that
 * comes into being again may be counted from the start.
 */
final class Sequence {

  private Sequence() {}

  /** Whether its source gave it the number after the last one's. */
  static boolean isContiguous(Event event, RecordOrder order) {
    Optional<Long> last = last(event, order);
    return last.isPresent() && last.map(number -> number + 1).equals(number(event));
  }

  /** Whether its source gave out numbers that have not come, before this one. */
  static boolean isAhead(Event event, RecordOrder order) {
    return !EventOrder.isCreation(event)
        && last(event, order).isPresent()
        && number(event).filter(number -> number > last(event, order).get() + 1).isPresent();
  }

  /** The last number by source, once an event has gone. */
  static Map<String, Long> after(Event event, RecordOrder order) {
    Map<String, Long> last = new TreeMap<>(order.getSequences());
    if (EventOrder.isCreation(event)) {
      last.remove(event.getSource());
    }
    number(event).ifPresent(number -> last.merge(event.getSource(), number, Math::max));
    return last;
  }

  private static Optional<Long> last(Event event, RecordOrder order) {
    return Optional.ofNullable(order.getSequences().get(event.getSource()));
  }

  private static Optional<Long> number(Event event) {
    return event.getMetadata().getSequence();
  }
}
