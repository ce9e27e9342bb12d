package io.millrace.rule;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.OpenPane;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How engagement is gathered into minutes. A pane is one person's minute until it is emitted; what
 * comes after that is gathered in another pane of the same minute, so every event is in exactly one
 * batch and the batches of a minute always add up, whatever the clock did.
 */
public final class EngagementPanes {
  /** How far ahead of our own clock a sender's may be before it is not believed. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  /** A pane with so many event types is closed before its time, to keep it small. */
  static final int MAX_TYPES = 1_000;

  private EngagementPanes() {}

  /** Which pane an event belongs to: person|start of the minute in ISO 8601. */
  public static String key(String person, Engagement engagement) {
    return person + "|" + windowStart(engagement.event());
  }

  /**
   * The pane with one more event in it.
   *
   * @param open the pane as far as it has grown, if it is open
   * @param now the step's clock
   */
  public static OpenPane add(
      Optional<OpenPane> open, String person, Engagement engagement, Instant now) {
    OpenPane pane = open.orElseGet(() -> open(person, engagement, now));
    return OpenPane.newBuilder()
        .setBatch(grow(pane.getBatch(), engagement))
        .setCloseAt(pane.getCloseAt())
        .setArrivedAt(later(pane.getArrivedAt(), engagement.event().getReceivedAt()))
        .setFirstArrivedAt(
            pane.getFirstArrivedAt()
                .map(first -> earlier(first, engagement.event().getReceivedAt()))
                .orElse(null))
        .build();
  }

  /** Whether a pane is to be closed at once; what else comes is another delta. */
  public static boolean isFull(OpenPane pane) {
    return pane.getBatch().getCounts().size() >= MAX_TYPES;
  }

  /**
   * The batch of a pane that closes. Its maps are in order, so that equal batches are equal bytes.
   */
  public static EngagementBatch emitted(OpenPane pane) {
    EngagementBatch batch = pane.getBatch();
    return EngagementBatch.newBuilder(batch)
        .setCounts(new TreeMap<>(batch.getCounts()))
        .setActivities(new TreeMap<>(batch.getActivities()))
        .build();
  }

  private static OpenPane open(String person, Engagement engagement, Instant now) {
    Event event = engagement.event();
    Instant start = windowStart(event);
    Instant end = start.plus(1, ChronoUnit.MINUTES);
    EngagementBatch empty =
        EngagementBatch.newBuilder()
            .setBatchId(key(person, engagement) + "|" + openedBy(engagement))
            .setPerson(person)
            .setWindowStart(start)
            .setWindowEnd(end)
            .setLate(!now.isBefore(end))
            .setEvents(0)
            .setCounts(Map.of())
            .setActivities(Map.of())
            .setSources(List.of())
            .setFirstOccurredAt(event.getOccurredAt())
            .setLastOccurredAt(event.getOccurredAt())
            .build();
    return OpenPane.newBuilder()
        .setBatch(empty)
        .setCloseAt(closeAt(event.getOccurredAt(), end, now))
        .setArrivedAt(event.getReceivedAt())
        .setFirstArrivedAt(event.getReceivedAt())
        .build();
  }

  /** A replayed event may open the same minute again, and must not bear the first batch's id. */
  private static String openedBy(Engagement engagement) {
    int replay = engagement.event().getMetadata().getReplay();
    return replay == 0
        ? EventKeys.identity(engagement.event())
        : EventKeys.identity(engagement.event()) + "#" + replay;
  }

  /**
   * A minute closes at its end. One that is already over closes with the present minute, and so
   * does one from the future: a sender with a wrong clock must not hold a pane for years.
   */
  private static Instant closeAt(Instant occurredAt, Instant end, Instant now) {
    boolean over = !now.isBefore(end);
    boolean fromTheFuture = occurredAt.isAfter(now.plus(CLOCK_TOLERANCE));
    return over || fromTheFuture ? minute(now).plus(1, ChronoUnit.MINUTES) : end;
  }

  private static EngagementBatch grow(EngagementBatch batch, Engagement engagement) {
    Event event = engagement.event();
    Map<String, Long> counts = new TreeMap<>(batch.getCounts());
    counts.merge(event.getEventType(), 1L, Long::sum);
    Map<String, Long> activities = new TreeMap<>(batch.getActivities());
    engagement.activities().forEach(activity -> activities.merge(activity, 1L, Long::sum));
    TreeSet<String> sources = new TreeSet<>(batch.getSources());
    sources.add(event.getSource());
    return EngagementBatch.newBuilder(batch)
        .setEvents(batch.getEvents() + 1)
        .setCounts(counts)
        .setActivities(activities)
        .setSources(List.copyOf(sources))
        .setFirstOccurredAt(earlier(batch.getFirstOccurredAt(), event.getOccurredAt()))
        .setLastOccurredAt(later(batch.getLastOccurredAt(), event.getOccurredAt()))
        .build();
  }

  private static Instant windowStart(Event event) {
    return minute(event.getOccurredAt());
  }

  private static Instant minute(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MINUTES);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
