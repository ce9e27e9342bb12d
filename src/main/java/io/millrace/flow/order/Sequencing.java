package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.flow.record.HeldFields;
import io.millrace.flow.record.RecordMerge;
import io.millrace.model.EventOrder;
import io.millrace.model.OrphanEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Puts the events of one record in order: an event that is provably next goes at once, others wait
 * a moment for what may still come before them, and what misses something waits for that.
 */
public final class Sequencing {
  /** The order of a record nothing was emitted of. */
  public static final RecordOrder NOTHING_EMITTED = new RecordOrder("", null, 0, Map.of());

  /** Before every position. */
  private static final String START = "0";

  /**
   * No mark is further ahead of an arrival: positions are at most minutes ahead of theirs, and the
   * clocks of two edges at most an hour apart.
   */
  private static final Duration FURTHEST_MARK = Duration.ofDays(1);

  private Sequencing() {}

  /**
   * What is known of a record.
   *
   * @param order how far its events have been emitted
   * @param earlierWaits whether an event waits that comes before the one in question
   * @param state its merged state, read only when it can decide
   */
  public record Standing(
      RecordOrder order, boolean earlierWaits, Supplier<Optional<RecordState>> state) {

    boolean isGone() {
      return state.get().filter(HeldFields::isGone).isPresent();
    }
  }

  /** Decides about an event that arrives at {@code now}, milliseconds of the step's clock. */
  public static Placement place(Event event, Standing standing, OrderingRule rule, long now) {
    if (isLate(event, standing.order())) {
      return new Placement.Late();
    }
    if (!standing.earlierWaits() && isNext(event, standing, rule)) {
      return new Placement.Next();
    }
    long ripeAt = now + rule.reorderWindow().toMillis();
    boolean onlyEventsHelp = missesRecord(event, standing, rule);
    return new Placement.Wait(ripeAt, onlyEventsHelp ? rule.givesUpAt(ripeAt) : ripeAt);
  }

  /** Only another event can make an unknown record known, and it looks at those that wait. */
  private static boolean missesRecord(Event event, Standing standing, OrderingRule rule) {
    return !isKnown(standing.order())
        && Prerequisites.missing(event, standing, rule)
            .filter(missing -> missing == Prerequisite.CREATION)
            .isPresent();
  }

  /**
   * The first of a record's waiting events.
   *
   * @param ripeAt when its reorder window is over
   * @param sameInstantFollows whether the event that waits behind it happened at the same instant:
   *     which of the two came first is a guess then, and the other may be what it misses
   */
  public record First(Event event, long ripeAt, BooleanSupplier sameInstantFollows) {}

  /** Decides about the first of a record's waiting events. */
  public static Turn turn(
      First first, Standing standing, OrderingRule rule, Turn.Push push, long now) {
    if (isNext(first.event(), standing, rule)) {
      return new Turn.Now(Optional.empty());
    }
    Optional<Prerequisite> missed =
        Prerequisites.missing(first.event(), standing, rule)
            .filter(missing -> !isGuess(missing) || !first.sameInstantFollows().getAsBoolean());
    long until = missed.isPresent() ? rule.givesUpAt(first.ripeAt()) : first.ripeAt();
    boolean pushed = push == Turn.Push.NO_ROOM || (push == Turn.Push.RIPE && missed.isEmpty());
    boolean timeIsUp = until <= now && push != Turn.Push.WILL_BE_CALLED;
    return pushed || timeIsUp ? new Turn.Now(missed) : new Turn.Later(until);
  }

  /** Whether a later event of the record has been emitted. */
  public static boolean isLate(Event event, RecordOrder order) {
    return EventOrder.position(event).compareTo(order.getPosition()) <= 0;
  }

  /** Whether anything of the record has been emitted. */
  public static boolean isKnown(RecordOrder order) {
    return !order.getPosition().isEmpty();
  }

  /**
   * The order as it counts now. A mark far ahead was left by a version that let events from the
   * future define the order; it would make all that comes late.
   */
  public static RecordOrder sound(RecordOrder order, long now) {
    boolean sound =
        !isKnown(order)
            || order.getPosition().equals(START)
            || EventOrder.occurredAt(order.getPosition()).toEpochMilli()
                <= now + FURTHEST_MARK.toMillis();
    return sound ? order : new RecordOrder(START, null, 0, order.getSequences());
  }

  /** The order once an event was emitted. */
  public static RecordOrder emitted(RecordOrder order, Event event) {
    return new RecordOrder(EventOrder.position(event), null, 0, Sequence.after(event, order));
  }

  /** The order once an event came late: its number may be the one that others wait for. */
  public static RecordOrder afterLate(RecordOrder order, Event event) {
    return Sequence.isContiguous(event, order)
        ? new RecordOrder(order.getPosition(), null, 0, Sequence.after(event, order))
        : order;
  }

  /** The event as it is emitted: flagged when the creation of its record was expected in vain. */
  public static Event released(Event event, Optional<Prerequisite> missed) {
    boolean isOrphan = missed.filter(missing -> missing == Prerequisite.CREATION).isPresent();
    return isOrphan ? OrphanEvents.flagged(event) : event;
  }

  /**
   * Whether it is proved that no event is missing between the last emitted one and this. Numbers
   * prove it whatever else is said; values that fit do not where others show that something is
   * missing.
   */
  private static boolean isNext(Event event, Standing standing, OrderingRule rule) {
    RecordOrder order = standing.order();
    if (EventOrder.isCreation(event) && (!isKnown(order) || standing.isGone())) {
      return true;
    }
    return isKnown(order)
        && (Sequence.isContiguous(event, order)
            || (continuesState(event, standing)
                && Prerequisites.missing(event, standing, rule).isEmpty()));
  }

  private static boolean continuesState(Event event, Standing standing) {
    return !event.getPrevious().isEmpty()
        && standing
            .state()
            .get()
            .filter(state -> !HeldFields.isGone(state))
            .filter(state -> RecordMerge.holds(state, event.getPrevious()))
            .isPresent();
  }

  /** Order within one instant is certain for creations, deletions and numbers, else it is not. */
  private static boolean isGuess(Prerequisite missing) {
    return switch (missing) {
      case CREATION, SEQUENCE -> false;
      case PREVIOUS, NEEDS, UNCHANGED -> true;
    };
  }
}
