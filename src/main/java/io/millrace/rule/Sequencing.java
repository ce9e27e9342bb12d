package io.millrace.rule;

import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the events of one record in order: an event that is provably next goes at once, others wait
 * a moment for what may still come before them, and what belongs to an unknown record waits for its
 * creation.
 */
public final class Sequencing {
  /** The order of a record nothing was emitted of. */
  public static final RecordOrder NOTHING_EMITTED = new RecordOrder("", null, 0);

  private Sequencing() {}

  /**
   * What is known of a record.
   *
   * @param order how far its events have been emitted
   * @param earlierWaits whether an event waits that comes before the one in question
   * @param state its merged state, read only when it can decide
   */
  public record Standing(
      RecordOrder order, boolean earlierWaits, Supplier<Optional<RecordState>> state) {}

  /** Decides about an event that arrives at {@code now}, milliseconds of the step's clock. */
  public static Placement place(Event event, Standing standing, OrderingRule rule, long now) {
    if (isLate(event, standing.order())) {
      return new Placement.Late();
    }
    if (isNext(event, standing)) {
      return new Placement.Next();
    }
    long ripeAt = now + rule.reorderWindow().toMillis();
    boolean missesCreation = !isKnown(standing.order()) && !EventOrder.isCreation(event);
    long prerequisiteAt = missesCreation ? now + rule.prerequisiteWait().toMillis() : ripeAt;
    return new Placement.Wait(ripeAt, Math.max(ripeAt, prerequisiteAt));
  }

  /** Whether a later event of the record has been emitted. */
  public static boolean isLate(Event event, RecordOrder order) {
    return EventOrder.position(event).compareTo(order.getPosition()) <= 0;
  }

  /** Whether it is proved that no event is missing between the last emitted one and this. */
  public static boolean isNext(Event event, Standing standing) {
    if (standing.earlierWaits()) {
      return false;
    }
    if (!isKnown(standing.order())) {
      return EventOrder.isCreation(event);
    }
    return continuesSequence(event, standing.order()) || continuesState(event, standing.state());
  }

  /** Whether anything of the record has been emitted. */
  public static boolean isKnown(RecordOrder order) {
    return !order.getPosition().isEmpty();
  }

  /** The event as it is emitted: flagged when the creation of its record was expected in vain. */
  public static Event released(Event event, RecordOrder order, OrderingRule rule) {
    if (isKnown(order) || EventOrder.isCreation(event) || !rule.expectsCreation()) {
      return event;
    }
    EventMetadata metadata = EventMetadata.newBuilder(event.getMetadata()).setOrphan(true).build();
    return Event.newBuilder(event).setMetadata(metadata).build();
  }

  private static boolean continuesSequence(Event event, RecordOrder order) {
    Optional<Long> expected = order.getSequence().map(last -> last + 1);
    return expected.isPresent() && expected.equals(event.getMetadata().getSequence());
  }

  private static boolean continuesState(Event event, Supplier<Optional<RecordState>> state) {
    return !event.getPrevious().isEmpty()
        && state.get().filter(known -> RecordMerge.holds(known, event.getPrevious())).isPresent();
  }
}
