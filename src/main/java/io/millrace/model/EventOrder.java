package io.millrace.model;

import io.millrace.event.Event;
import io.millrace.event.Lineage;
import java.time.Duration;
import java.time.Instant;

/**
 * The order of one record's events, as sortable texts.
 *
 * <p>A <em>stamp</em> decides who wrote a field last. It depends on the event alone, so that it is
 * the same however the event was delivered: {@code occurred_at}, then creations before others
 * before deletions (many senders give times in whole seconds), then the sender's sequence number,
 * then {@code source/event_id}.
 *
 * <p>A <em>position</em> decides the order of emission. It also includes the index within the
 * delivery, because a batch lists events of one instant in order, and ends with the delivery's
 * offset, which distinguishes a replay from its original. An event from the future gets the
 * position of its arrival; otherwise all events after it would be late until that time.
 *
 * <p>The two can differ only for events of one instant without sequence numbers: the index in a
 * delivery must not determine the final state of a record, because a sender may divide a batch
 * differently when it retries. Of two such writes to one field the greater {@code source/event_id}
 * wins, although the events are emitted in the order of the list. A sender that needs its own order
 * must number its events.
 */
public final class EventOrder {
  /**
   * How far an event may be ahead of its arrival before its time is not trusted: synchronized
   * clocks differ by less, and signatures expire after the same time.
   */
  static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

  /** Where the sequence number of a stamp begins, if it has one. */
  private static final int SEQUENCE_AT = 17;

  /** Sorts before every digit, so that an event without a number comes before those with one. */
  private static final char END_OF_SEQUENCE = '-';

  private static final char END_OF_SOURCE = '/';

  /** The index of the rank in a stamp: after the time. */
  private static final int RANK = SortableText.of(0).length();

  private static final char OF_CREATION = '0';

  private EventOrder() {}

  public static String stamp(Event event) {
    return instant(event.getOccurredAt(), event) + SortableText.escaped(EventKeys.identity(event));
  }

  public static String position(Event event) {
    Lineage lineage = event.getMetadata().getLineage();
    return instant(believable(event), event)
        + SortableText.of(lineage.getIndex())
        + SortableText.escaped(EventKeys.identity(event))
        + ' '
        + SortableText.of(lineage.getOffset());
  }

  /** When the event of a stamp or position occurred. */
  public static Instant occurredAt(String stampOrPosition) {
    return Instant.ofEpochMilli(SortableText.numberIn(stampOrPosition));
  }

  /** Whether a stamp is that of a creation. */
  public static boolean isOfCreation(String stamp) {
    return stamp.charAt(RANK) == OF_CREATION;
  }

  /**
   * Whether the event creates its record, or restores it from the bin. Only an event named after
   * the type of its record does: {@code note.created} about a lead changes the lead.
   */
  public static boolean isCreation(Event event) {
    return happens(event, ".created") || happens(event, ".restored");
  }

  /** Whether the event deletes its record; see {@link #isCreation}. */
  public static boolean isDeletion(Event event) {
    return happens(event, ".deleted") || isErasureRequest(event);
  }

  /**
   * Whether the sender asks to erase whom the event names. Only an event named after the type of
   * its record does: anybody can track {@code product.erasure_requested}.
   */
  public static boolean isErasureRequest(Event event) {
    return happens(event, ".erasure_requested");
  }

  /** Whether the event merges other records into its own; see {@link #isCreation}. */
  public static boolean isMerge(Event event) {
    return happens(event, ".merged");
  }

  private static boolean happens(Event event, String verb) {
    String type = event.getEventType();
    String noun = event.getRecord().getType();
    return type.length() == noun.length() + verb.length()
        && type.endsWith(verb)
        && type.startsWith(noun);
  }

  /** Whether a stamp is that of an event of a source. */
  public static boolean isStampOf(String source, String stamp) {
    int identityAt = stamp.indexOf(END_OF_SEQUENCE, SEQUENCE_AT) + 1;
    return stamp.startsWith(SortableText.escaped(source) + '/', identityAt);
  }

  /**
   * Whether two stamps are of one source, at the same time, of the same kind and with the same
   * number or none, so that only the ids of their events differ. For two positions, the index in
   * the delivery is the same too.
   */
  public static boolean areOfOneInstant(String one, String other) {
    if (!one.regionMatches(0, other, 0, SEQUENCE_AT)) {
      return false;
    }
    int end = one.indexOf(END_OF_SOURCE, one.indexOf(END_OF_SEQUENCE, SEQUENCE_AT));
    return one.regionMatches(SEQUENCE_AT, other, SEQUENCE_AT, end + 1 - SEQUENCE_AT);
  }

  /**
   * Whether a stamp claims a time that cannot be true when an event arrives. Nothing certain
   * follows from it for that event, though what it wrote remains until then.
   */
  public static boolean isFromTheFuture(String stamp, Event event) {
    return occurredAt(stamp).isAfter(event.getReceivedAt().plus(FUTURE_TOLERANCE));
  }

  private static Instant believable(Event event) {
    Instant arrival = event.getReceivedAt();
    boolean fromTheFuture = event.getOccurredAt().isAfter(arrival.plus(FUTURE_TOLERANCE));
    return fromTheFuture ? arrival : event.getOccurredAt();
  }

  private static String instant(Instant at, Event event) {
    String sequence =
        event.getMetadata().getSequence().map(SortableText::of).orElse("") + END_OF_SEQUENCE;
    return SortableText.of(at.toEpochMilli()) + rank(event) + sequence;
  }

  private static char rank(Event event) {
    if (isCreation(event)) {
      return OF_CREATION;
    }
    return isDeletion(event) ? '2' : '1';
  }
}
