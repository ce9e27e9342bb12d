package io.millrace.flow.order;

import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.SeenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether an event was admitted before. Ids are remembered in buckets of arrival time, each
 * as long as the window: the first copy of a duplicate within the window is in the event's own
 * bucket or a neighbouring one. A duplicate after up to twice the window may be recognised too.
 */
public final class Deduplication {
  /** The longest window: DocuSign retries for 15 days, and no provider is known to retry longer. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(15);

  /**
   * How far the clocks of two edges may be apart. Kafka itself refuses records that are further
   * ahead (message.timestamp.after.max.ms, an hour).
   */
  static final Duration LARGEST_SKEW = Duration.ofHours(1);

  /**
   * How long after its arrival at the edge an event may reach the flow: from a spool, or as a
   * replayed dead letter.
   */
  public static final Duration OLDEST_DELIVERY = Duration.ofDays(7);

  private Deduplication() {}

  /**
   * How long ids must be kept, counted from the start of their bucket: the search for an event goes
   * back up to two windows before its arrival.
   *
   * @param longestWindow of all sources
   */
  public static Duration retention(Duration longestWindow) {
    return longestWindow.multipliedBy(2).plus(OLDEST_DELIVERY);
  }

  /**
   * Whether ids that would have to be searched have already expired.
   *
   * @param arrival milliseconds since the epoch
   * @param now the stream's time, in milliseconds since the epoch
   */
  public static boolean isForgotten(long arrival, Duration window, long now, Duration retention) {
    return bucket(arrival, window) - window.toMillis() <= now - retention.toMillis();
  }

  /** The decision about an event. */
  public sealed interface Admission {
    /** It is forwarded, and its id is remembered. */
    record Admitted(SeenEvent seen) implements Admission {}

    record Dropped(DuplicateEvent duplicate) implements Admission {}
  }

  /**
   * Start of the bucket in which an event is remembered.
   *
   * @param arrival milliseconds since the epoch
   * @param window more than zero, at most {@link #LONGEST_WINDOW}
   */
  public static long bucket(long arrival, Duration window) {
    if (window.toMillis() <= 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "A dedupe window of %s is not between 1 ms and %s".formatted(window, LONGEST_WINDOW));
    }
    return Math.floorDiv(arrival, window.toMillis()) * window.toMillis();
  }

  /** Starts of all buckets that can contain an earlier admission of the event. */
  public static List<Long> bucketsToSearch(long arrival, Duration window) {
    long own = bucket(arrival, window);
    long next = own + window.toMillis();
    boolean nextCanExist = next - arrival <= LARGEST_SKEW.toMillis();
    List<Long> buckets = new ArrayList<>(3);
    addIfThere(own, buckets);
    addIfThere(own - window.toMillis(), buckets);
    if (nextCanExist) {
      addIfThere(next, buckets);
    }
    return buckets;
  }

  /** A store has no bucket before 1970. */
  private static void addIfThere(long start, List<Long> buckets) {
    if (start >= 0) {
      buckets.add(start);
    }
  }

  /**
   * Decides about an event. A deliberate replay has a higher number than the original and is
   * admitted once. A replayed dead letter is admitted only if no other copy of the event was: its
   * sender may have retried since, and an event is not delivered twice.
   *
   * @param found the entries of the event's identity in the searched buckets
   */
  public static Admission decide(Event event, List<SeenEvent> found) {
    SeenEvent latest = null;
    for (SeenEvent seen : found) {
      latest = latest == null || seen.getReplay() > latest.getReplay() ? seen : latest;
    }
    EventMetadata metadata = event.getMetadata();
    return latest != null && covers(latest, metadata)
        ? new Admission.Dropped(duplicate(event, latest))
        : new Admission.Admitted(new SeenEvent(metadata.getReplay(), metadata.getLineage()));
  }

  private static boolean covers(SeenEvent seen, EventMetadata metadata) {
    boolean replayedLetter = !metadata.getAttempts().isEmpty();
    return seen.getReplay() >= metadata.getReplay()
        || (replayedLetter && !isSamePart(seen.getLineage(), metadata.getLineage()));
  }

  private static boolean isSamePart(Lineage one, Lineage other) {
    return one.getDeliveryId().equals(other.getDeliveryId()) && one.getIndex() == other.getIndex();
  }

  private static DuplicateEvent duplicate(Event event, SeenEvent seen) {
    return DuplicateEvent.newBuilder()
        .setEventId(event.getEventId())
        .setEventType(event.getEventType())
        .setSource(event.getSource())
        .setRecord(event.getRecord())
        .setOccurredAt(event.getOccurredAt())
        .setReceivedAt(event.getReceivedAt())
        .setLineage(event.getMetadata().getLineage())
        .setFirst(seen.getLineage())
        .build();
  }
}
