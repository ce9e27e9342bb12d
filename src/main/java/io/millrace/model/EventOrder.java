package io.millrace.model;

import io.millrace.event.Event;
import io.millrace.event.Lineage;
import java.time.Duration;
import java.time.Instant;

/**
 * The order of one record's events, as texts that sort.
 *
 * <p>A <em>stamp</em> decides who wrote a field last. It is made of the event alone, so that it is
 * the same however the event was delivered: {@code occurred_at}, then creations before others
 * before deletions (many senders tell the time in whole seconds), then the sender's sequence
 * number, then {@code source/event_id}.
 *
 * <p>A <em>position</em> decides the order of emission. It also knows the place within the
 * delivery, because a batch lists what happened at one instant in order, and ends with the
 * delivery's place in the log, which tells a replay from its original. An event from the future
 * takes the position of its arrival, or all that comes after it would be late until that time.
 *
 * <p>The two can differ, and only for events of one instant that have no sequence numbers: the
 * place in a delivery must not decide what a record ends as, since a sender may cut a batch
 * differently when it comes again. Of two such writes to one field the greater {@code
 * source/event_id} stands, though the events are emitted in the order they were listed in. A sender
 * who wants its own order to hold numbers its events.
 */
public final class EventOrder {
  /**
   * How far an event may be ahead of its arrival before its time is not believed: clocks that are
   * kept at all differ by less, and signatures expire after as much.
   */
  static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

  /** Where the sequence number of a stamp begins, if it has one. */
  private static final int SEQUENCE_AT = 17;

  /** Sorts before every digit, so that an event without a number comes before those with one. */
  private static final char END_OF_SEQUENCE = '-';

  /** Where the rank stands in a stamp: behind the time. */
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

  /** Whether the event brings its record into being: created, or taken back from the bin. */
  public static boolean isCreation(Event event) {
    return event.getEventType().endsWith(".created") || event.getEventType().endsWith(".restored");
  }

  public static boolean isDeletion(Event event) {
    return event.getEventType().endsWith(".deleted");
  }

  /** Whether a stamp is that of an event of a source. */
  public static boolean isStampOf(String source, String stamp) {
    int identityAt = stamp.indexOf(END_OF_SEQUENCE, SEQUENCE_AT) + 1;
    return stamp.startsWith(SortableText.escaped(source) + '/', identityAt);
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
