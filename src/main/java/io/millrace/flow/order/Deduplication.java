package io.millrace.flow.order;

import io.millrace.event.Attempt;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.SeenEvent;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an event was admitted before: an event with the same {@link EventKeys#admission}.
 * {@link SearchedBuckets} says where such events are looked up.
 */
public final class Deduplication {
  /** The longest window: DocuSign retries for 15 days, and no provider is known to retry longer. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(15);

  /**
   * How far the clocks of two edges may be apart. Kafka itself refuses records that are further
   * ahead (message.timestamp.after.max.ms, an hour).
   */
  public static final Duration LARGEST_SKEW = Duration.ofHours(1);

  /**
   * How long after its arrival at the edge an event may reach the flow, usually from a spool. Older
   * ones become dead letters, and {@code dead-letters replay} checks whether they were delivered.
   */
  public static final Duration OLDEST_DELIVERY = Duration.ofDays(7);

  private Deduplication() {}

  /**
   * How far the arrivals of two copies may be apart for the second to be dropped: the window, and
   * the difference between the clocks of two edges.
   */
  public static Duration reach(Duration window) {
    return window.plus(LARGEST_SKEW);
  }

  /**
   * How long ids must be kept, counted from the start of their bucket. The search for an event goes
   * back up to twice the reach before its arrival; the event may be on its way for as long as
   * {@link #OLDEST_DELIVERY}, and the stream's time may be that of an edge whose clock is ahead.
   *
   * @param longestWindow of all sources
   */
  public static Duration retention(Duration longestWindow) {
    return reach(longestWindow).multipliedBy(2).plus(OLDEST_DELIVERY).plus(LARGEST_SKEW);
  }

  /** The decision about an event. */
  public sealed interface Admission {
    /** It is forwarded, and its id is remembered. */
    record Admitted(SeenEvent seen) implements Admission {}

    record Dropped(DuplicateEvent duplicate) implements Admission {}
  }

  /**
   * Decides about an event. A deliberate replay has a higher number than the original and is
   * admitted once. A replayed dead letter is admitted only if no other copy of the event was: its
   * sender may have retried since, and an event is not delivered twice. What an earlier attempt of
   * the letter itself left behind does not count if that attempt failed later on.
   *
   * @param found the entries of the event in the searched buckets
   * @param later the steps between deduplication and delivery: what failed there is remembered, but
   *     was not delivered
   */
  public static Admission decide(Event event, List<SeenEvent> found, Set<String> later) {
    EventMetadata metadata = event.getMetadata();
    Optional<SeenEvent> first =
        found.stream()
            .filter(seen -> covers(seen, metadata, later))
            .max(Comparator.comparingInt(SeenEvent::getReplay));
    return first.isPresent()
        ? new Admission.Dropped(duplicate(event, first.get()))
        : new Admission.Admitted(new SeenEvent(metadata.getReplay(), metadata.getLineage(), null));
  }

  private static boolean covers(SeenEvent seen, EventMetadata metadata, Set<String> later) {
    return seen.getReplay() >= metadata.getReplay()
        || (isReplayedLetter(metadata) && !failedLater(seen, metadata, later));
  }

  /** Whether the admission is that of the letter's own part, and ended with one of its attempts. */
  private static boolean failedLater(SeenEvent seen, EventMetadata metadata, Set<String> later) {
    List<Attempt> attempts = metadata.getAttempts();
    // The last attempt is that of the number before this one.
    int attempt = attempts.size() - (metadata.getReplay() - seen.getReplay());
    return isSamePart(seen.getLineage(), metadata.getLineage())
        && attempt >= 0
        && later.contains(attempts.get(attempt).getStage());
  }

  /** Whether an event failed before, and its dead letter is being replayed. */
  public static boolean isReplayedLetter(EventMetadata metadata) {
    return !metadata.getAttempts().isEmpty();
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
