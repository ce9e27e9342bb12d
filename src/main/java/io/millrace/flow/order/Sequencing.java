package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.flow.record.HeldFields;
import io.millrace.model.EventOrder;
import io.millrace.model.OrphanEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Puts the events of one record in order: an event that is provably next is emitted at once, others
 * wait for the reorder window, and events with a missing prerequisite wait for that.
 */
public final class Sequencing {
  /** The order of a record without emitted events. */
  public static final RecordOrder NOTHING_EMITTED = new RecordOrder("", null, 0, Map.of());

  /** Before every position. */
  private static final String START = "0";

  /**
   * No valid position is further ahead of an arrival: positions are at most minutes ahead of their
   * arrival, and the clocks of two edges at most an hour apart.
   */
  private static final Duration FURTHEST_MARK = Duration.ofDays(1);

  private Sequencing() {}

  /**
   * What is known of a record when a decision is made.
   *
   * @param order how far its events have been emitted
   * @param earlierWaits whether an earlier event of the record is waiting
   * @param held its current fields, read only when needed
   */
  public record RecordContext(
      RecordOrder order, boolean earlierWaits, Supplier<Optional<HeldFields>> held) {

    /** A deletion from the future does not count. */
    boolean isGone(Event event) {
      return held.get()
          .flatMap(HeldFields::goneSince)
          .filter(deleted -> !EventOrder.isFromTheFuture(deleted, event))
          .isPresent();
    }
  }

  /** Decides about an event that arrives at {@code now}, milliseconds of the step's clock. */
  public static Placement place(
      Event event, RecordContext recordContext, OrderingRule rule, long now) {
    if (isLate(event, recordContext.order())) {
      return followsAtOneInstant(event, recordContext, rule)
          ? new Placement.Next()
          : new Placement.Late();
    }
    if (!recordContext.earlierWaits() && isNext(event, recordContext, rule)) {
      return new Placement.Next();
    }
    long ripeAt = now + rule.reorderWindow().toMillis();
    boolean onlyEventsHelp = missesRecord(event, recordContext, rule);
    return new Placement.Wait(ripeAt, onlyEventsHelp ? rule.givesUpAt(ripeAt) : ripeAt);
  }

  /**
   * Only another event can make an unknown record known, and its arrival rechecks the waiting ones.
   */
  private static boolean missesRecord(Event event, RecordContext recordContext, OrderingRule rule) {
    return !isKnown(recordContext.order())
        && Prerequisites.missing(event, recordContext, rule)
            .filter(missing -> missing == Prerequisite.CREATION)
            .isPresent();
  }

  /**
   * The first of a record's waiting events.
   *
   * @param ripeAt when its reorder window is over
   * @param sameInstantFollows whether the next waiting event happened at the same instant: then
   *     their order is a guess, and the next one may be the missing prerequisite
   */
  public record First(Event event, long ripeAt, BooleanSupplier sameInstantFollows) {}

  /** Decides about the first of a record's waiting events. */
  public static Turn turn(
      First first, RecordContext recordContext, OrderingRule rule, Turn.Urgency urgency, long now) {
    if (isNext(first.event(), recordContext, rule)) {
      return new Turn.Now(Optional.empty());
    }
    Optional<Prerequisite> missed =
        Prerequisites.missing(first.event(), recordContext, rule)
            .filter(missing -> !isGuess(missing) || !first.sameInstantFollows().getAsBoolean());
    long until = missed.isPresent() ? rule.givesUpAt(first.ripeAt()) : first.ripeAt();
    boolean urged =
        urgency == Turn.Urgency.OVER_LIMIT || (urgency == Turn.Urgency.RIPE && missed.isEmpty());
    boolean timeIsUp = until <= now && urgency != Turn.Urgency.DEFERRED;
    return urged || timeIsUp ? new Turn.Now(missed) : new Turn.Later(until);
  }

  /** Whether a later event of the record has been emitted. */
  public static boolean isLate(Event event, RecordOrder order) {
    return EventOrder.position(event).compareTo(order.getPosition()) <= 0;
  }

  /**
   * Whether only its id makes an event late, and it is proved to be next: ids do not sort by time.
   */
  private static boolean followsAtOneInstant(
      Event event, RecordContext recordContext, OrderingRule rule) {
    return !event.getPrevious().isEmpty()
        && EventOrder.areOfOneInstant(
            EventOrder.position(event), recordContext.order().getPosition())
        && changesState(event, recordContext, rule);
  }

  /** Whether anything of the record has been emitted. */
  public static boolean isKnown(RecordOrder order) {
    return !order.getPosition().isEmpty();
  }

  /**
   * The order without a position in the far future. An older version let events from the future
   * define the order; that would make all further events late.
   */
  public static RecordOrder withoutFutureMark(RecordOrder order, long now) {
    boolean sound =
        !isKnown(order)
            || order.getPosition().equals(START)
            || EventOrder.occurredAt(order.getPosition()).toEpochMilli()
                <= now + FURTHEST_MARK.toMillis();
    return sound ? order : new RecordOrder(START, null, 0, order.getSequences());
  }

  /** The order after an event was emitted. Among events of one instant, it never goes back. */
  public static RecordOrder emitted(RecordOrder order, Event event) {
    String position = EventOrder.position(event);
    String last = position.compareTo(order.getPosition()) >= 0 ? position : order.getPosition();
    return new RecordOrder(last, null, 0, Sequence.after(event, order));
  }

  /** The order after a late event: its number may be the one that others wait for. */
  public static RecordOrder afterLate(RecordOrder order, Event event) {
    return Sequence.isContiguous(event, order)
        ? new RecordOrder(order.getPosition(), null, 0, Sequence.after(event, order))
        : order;
  }

  /**
   * The event as it is emitted: flagged as an orphan when the creation of its record is missing.
   */
  public static Event released(Event event, Optional<Prerequisite> missed) {
    boolean isOrphan = missed.filter(missing -> missing == Prerequisite.CREATION).isPresent();
    return isOrphan ? OrphanEvents.flagged(event) : event;
  }

  /**
   * Whether it is proved that no event is missing between the last emitted one and this one.
   * Sequence numbers always prove it; matching previous values do not if other values show that
   * something is missing.
   */
  private static boolean isNext(Event event, RecordContext recordContext, OrderingRule rule) {
    RecordOrder order = recordContext.order();
    if (EventOrder.isCreation(event) && (!isKnown(order) || recordContext.isGone(event))) {
      return true;
    }
    return isKnown(order)
        && (Sequence.isContiguous(event, order) || changesState(event, recordContext, rule));
  }

  private static boolean changesState(Event event, RecordContext recordContext, OrderingRule rule) {
    return continuesState(event, recordContext)
        && Prerequisites.missing(event, recordContext, rule).isEmpty();
  }

  private static boolean continuesState(Event event, RecordContext recordContext) {
    return !event.getPrevious().isEmpty()
        && !recordContext.isGone(event)
        && recordContext.held().get().filter(held -> held.hold(event.getPrevious())).isPresent();
  }

  /** The order within one instant is certain only for creations, deletions and sequence numbers. */
  private static boolean isGuess(Prerequisite missing) {
    return switch (missing) {
      case CREATION, SEQUENCE -> false;
      case PREVIOUS, NEEDS, UNCHANGED -> true;
    };
  }
}
