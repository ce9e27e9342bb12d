package io.millrace.flow.engagement;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.OpenPane;
import io.millrace.flow.score.ScoreInput;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How engagement is batched by minute. A pane is one person's minute under one identifier until it
 * is emitted; later events go to another pane of the same minute, so every event is in exactly one
 * batch and the batches of a minute always add up, whatever the clock does.
 */
public final class EngagementPanes {
  /** How far a sender's clock may be ahead of ours before its time is not trusted. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  /** A pane with this many event types is closed early, to keep it small. */
  static final int MAX_TYPES = 1_000;

  private EngagementPanes() {}

  /**
   * The pane of an event, and when it closes. A late event, or one from the future, belongs to a
   * different pane of its minute than an event in time.
   *
   * @param identifier the identifier that the event is attributed to
   * @param start start of the minute
   * @param countsOn the day of arrival, for an event that counts on it because its own time is not
   *     believable; a pane has events of one day only, so that scores do not depend on what else
   *     was open
   */
  public record Place(
      String person,
      String identifier,
      Instant start,
      Instant closeAt,
      Optional<LocalDate> countsOn) {}

  /**
   * The pane of an event.
   *
   * @param now the step's clock
   */
  public static Place place(String person, Engagement engagement, Instant now) {
    Instant occurredAt = engagement.event().getOccurredAt();
    Instant start = minute(occurredAt);
    Instant arrival = engagement.event().getReceivedAt();
    Optional<LocalDate> countsOn =
        ScoreInput.isBelievable(occurredAt, arrival)
            ? Optional.empty()
            : Optional.of(ScoreInput.day(arrival));
    return new Place(
        person, engagement.identifier(), start, closeAt(occurredAt, end(start), now), countsOn);
  }

  /**
   * Adds an event to a pane.
   *
   * @param open the current pane, if it is open
   * @param now the step's clock
   */
  public static OpenPane add(
      Optional<OpenPane> open, Place place, Engagement engagement, Instant now) {
    Instant arrival = engagement.event().getReceivedAt();
    if (open.isEmpty()) {
      return new OpenPane(opened(place, engagement, now), place.closeAt(), arrival, arrival);
    }
    OpenPane pane = open.get();
    return new OpenPane(
        grown(pane.getBatch(), engagement),
        pane.getCloseAt(),
        later(pane.getArrivedAt(), arrival),
        pane.getFirstArrivedAt().map(first -> earlier(first, arrival)).orElse(null));
  }

  /** Whether a pane must be closed at once; further events go to another batch. */
  public static boolean isFull(OpenPane pane) {
    return pane.getBatch().getCounts().size() >= MAX_TYPES;
  }

  /**
   * The batch of a pane that closes. Its maps are in order, so that equal batches are equal bytes.
   */
  public static EngagementBatch emitted(OpenPane pane) {
    EngagementBatch batch = pane.getBatch();
    return new EngagementBatch(
        batch.getBatchId(),
        batch.getPerson(),
        batch.getIdentifier(),
        batch.getWindowStart(),
        batch.getWindowEnd(),
        batch.getLate(),
        batch.getEvents(),
        new TreeMap<>(batch.getCounts()),
        new TreeMap<>(batch.getActivities()),
        batch.getSources(),
        batch.getFirstOccurredAt(),
        batch.getLastOccurredAt());
  }

  private static EngagementBatch opened(Place place, Engagement engagement, Instant now) {
    Event event = engagement.event();
    Instant end = end(place.start());
    Map<String, Long> activities = new HashMap<>();
    engagement.activities().forEach(activity -> activities.put(activity, 1L));
    return new EngagementBatch(
        place.person() + "|" + place.start() + "|" + openedBy(engagement),
        place.person(),
        place.identifier(),
        place.start(),
        end,
        !now.isBefore(end),
        1L,
        Map.of(event.getEventType(), 1L),
        activities,
        List.of(event.getSource()),
        event.getOccurredAt(),
        event.getOccurredAt());
  }

  /**
   * An event that is admitted again, replayed or after its dedupe window, may open the same minute
   * again, and must not reuse the first batch's id. It then comes in another delivery.
   */
  private static String openedBy(Engagement engagement) {
    Lineage lineage = engagement.event().getMetadata().getLineage();
    return EventKeys.identity(engagement.event())
        + '|'
        + lineage.getPartition()
        + '/'
        + lineage.getOffset()
        + '/'
        + lineage.getIndex();
  }

  /**
   * A minute closes at its end. A minute that is already over, or in the future, closes with the
   * current minute: a sender with a wrong clock must not keep a pane open for years.
   */
  private static Instant closeAt(Instant occurredAt, Instant end, Instant now) {
    boolean over = !now.isBefore(end);
    boolean fromTheFuture = occurredAt.isAfter(now.plus(CLOCK_TOLERANCE));
    return over || fromTheFuture ? minute(now).plus(1, ChronoUnit.MINUTES) : end;
  }

  private static EngagementBatch grown(EngagementBatch batch, Engagement engagement) {
    Event event = engagement.event();
    Map<String, Long> counts = new HashMap<>(batch.getCounts());
    counts.merge(event.getEventType(), 1L, Long::sum);
    Map<String, Long> activities = new HashMap<>(batch.getActivities());
    engagement.activities().forEach(activity -> activities.merge(activity, 1L, Long::sum));
    return new EngagementBatch(
        batch.getBatchId(),
        batch.getPerson(),
        batch.getIdentifier(),
        batch.getWindowStart(),
        batch.getWindowEnd(),
        batch.getLate(),
        batch.getEvents() + 1,
        counts,
        activities,
        withOne(batch.getSources(), event.getSource()),
        earlier(batch.getFirstOccurredAt(), event.getOccurredAt()),
        later(batch.getLastOccurredAt(), event.getOccurredAt()));
  }

  private static List<String> withOne(List<String> sources, String source) {
    return sources.contains(source)
        ? sources
        : Stream.concat(sources.stream(), Stream.of(source)).sorted().toList();
  }

  private static Instant end(Instant start) {
    return start.plus(1, ChronoUnit.MINUTES);
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
