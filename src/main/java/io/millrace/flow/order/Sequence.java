package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.model.EventOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sequence numbers that senders give the events of a record. Each source numbers independently,
 * and may restart for a record that is created again.
 */
final class Sequence {

  private Sequence() {}

  /** Whether its number follows the last number of its source. */
  static boolean isContiguous(Event event, RecordOrder order) {
    Optional<Long> last = last(event, order);
    return last.isPresent() && last.map(number -> number + 1).equals(number(event));
  }

  /** Whether numbers of its source before this one have not arrived. */
  static boolean isAhead(Event event, RecordOrder order) {
    return !EventOrder.isCreation(event)
        && last(event, order).isPresent()
        && number(event).filter(number -> number > last(event, order).get() + 1).isPresent();
  }

  /** The last number by source after an event was emitted. */
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
