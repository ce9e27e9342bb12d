package io.millrace.flow.order;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * For how long ids are kept, with sources of a short and a long window on the stores of production.
 */
final class RememberedIdsTest {
  private static final String LONG = "long";
  private static final String SHORT = "short";
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final Duration REACH = Deduplication.reach(WINDOW);
  private static final Duration SHORT_WINDOW = Duration.ofMinutes(10);

  private final Map<String, Duration> declared =
      new HashMap<>(Map.of(LONG, WINDOW, SHORT, SHORT_WINDOW));

  /**
   * Whatever the place in its bucket, the last included, however long the copy lay in a spool, and
   * with an hour between the clocks of the two edges.
   */
  @Test
  void findsADuplicateAtTheEndOfTheWindowThatComesOutOfASpool() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      long place = round == 0 ? REACH.toMillis() - 1 : random.nextLong(REACH.toMillis());
      Instant first =
          Instant.ofEpochMilli(SearchedBuckets.bucket(NOON.toEpochMilli(), WINDOW) + place);
      Instant again = first.plus(REACH);
      try (EngagementFlow flow = flow()) {
        flow.arriveAt(first, of(LONG, "e"));
        // The other source drives the stream's time, in steps of its own.
        for (int day = 0; day < 10; day++) {
          flow.arriveAt(first.plus(Duration.ofDays(day)), of(SHORT, "s" + day));
        }
        Instant late = again.plus(Deduplication.OLDEST_DELIVERY).plus(Deduplication.LARGEST_SKEW);
        flow.arriveAt(late, of(SHORT, "last"));

        flow.arriveAfterAll(of(LONG, "e"), again);

        assertThat(flow.values(Topics.EVENTS_DUPLICATE)).as("-Dseed=%d", seed).hasSize(1);
        assertThat(flow.values(Topics.DEAD_LETTERS)).as("-Dseed=%d", seed).isEmpty();
      }
    }
  }

  @Test
  void letsALetterThatIsAWeekOldPassOnce() {
    try (EngagementFlow flow = flow()) {
      flow.arriveAt(NOON.plus(Deduplication.OLDEST_DELIVERY), of(SHORT, "now"));
      flow.arriveAgain(of(LONG, "letter"), NOON.plusMillis(1));
      flow.arriveAgain(of(LONG, "letter"), NOON.plusMillis(1));

      assertThat(flow.values(Topics.EVENTS_DUPLICATE)).hasSize(1);
      assertThat(flow.values(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  /** Ids of its time may be forgotten before, or between any two of the replays. */
  @Test
  void letsALetterOfAnyAgePassOnce() {
    for (String source : List.of(LONG, SHORT)) {
      for (int days : List.of(6, 10, 11, 12, 13, 19)) {
        try (EngagementFlow flow = flow()) {
          for (int replay = 0; replay < 4; replay++) {
            Instant now = NOON.plus(Duration.ofDays(days)).plus(Duration.ofHours(23L * replay));
            flow.arriveAt(now, of(SHORT, "now-" + replay));
            flow.arriveAgain(of(source, "letter"), NOON);
          }

          assertThat(flow.values(Topics.EVENTS_DUPLICATE)).as("%s, %d", source, days).hasSize(3);
        }
      }
    }
  }

  /** The second has the id of the first again, long after the sender's last retry. */
  @Test
  void takesNothingForACopyOfALetterThatArrivedLongBefore_howeverLateItIsReplayed() {
    for (int days : List.of(8, 12, 13, 19)) {
      Instant now = NOON.plus(Duration.ofDays(days));
      try (EngagementFlow flow = flow()) {
        flow.arriveAt(now, of(SHORT, "now"));
        flow.arriveAgain(of(SHORT, "e"), NOON);
        flow.arriveAgain(of(SHORT, "e"), NOON.plus(Duration.ofDays(2)));
        flow.arrive(of(SHORT, "e"));

        assertThat(flow.values(Topics.EVENTS_DUPLICATE)).as("%d days", days).isEmpty();
      }
    }
  }

  @Test
  void takesTwoLettersOfOneEventForOne_thoughIdsOfTheirTimeAreForgotten() {
    for (int days : List.of(8, 12, 13, 19)) {
      Instant now = NOON.plus(Duration.ofDays(days));
      try (EngagementFlow flow = flow()) {
        flow.arriveAt(now, of(SHORT, "now"));
        flow.arriveAgain(of(SHORT, "e"), NOON);
        flow.arriveAt(now.plus(Duration.ofDays(1)), of(SHORT, "later"));
        flow.arriveAgain(of(SHORT, "e"), NOON.plus(Duration.ofMinutes(10)));

        assertThat(flow.values(Topics.EVENTS_DUPLICATE)).as("%d days", days).hasSize(1);
      }
    }
  }

  @Test
  void refusesWhatNobodyWouldKnowAgain() {
    Duration kept = Deduplication.retention(WINDOW);
    try (EngagementFlow flow = flow()) {
      flow.arriveAt(NOON.plus(kept), of(SHORT, "now"));
      flow.arriveAfterAll(of(LONG, "old"), NOON);
      Duration reach = Deduplication.reach(SHORT_WINDOW);
      flow.arriveAfterAll(of(SHORT, "kept"), NOON.plus(reach.multipliedBy(2)));

      assertThat(flow.values(Topics.DEAD_LETTERS))
          .extracting(DeadLetter::getEventId, DeadLetter::getReason)
          .containsExactly(tuple(Optional.of("old"), Reason.TOO_OLD.name()));
      assertThat(flow.values(Topics.EVENTS_ORDERED))
          .extracting(Event::getEventId)
          .containsExactly("now", "kept");
    }
  }

  /** A window of fifteen days has buckets a store for three would forget at once. */
  @Test
  void keepsWhatItCanOfAWindowThatBecomesLonger() {
    try (EngagementFlow flow = flow()) {
      declared.put(LONG, Deduplication.LONGEST_WINDOW);
      for (int day = 0; day < 30; day++) {
        Instant at = NOON.plus(Duration.ofDays(day));
        flow.arriveAt(at, of(LONG, "e" + day));
        flow.arriveAt(at.plus(Duration.ofHours(12)), of(LONG, "e" + day));
        if (day >= 3) {
          flow.arriveAt(at.plus(Duration.ofHours(12)), of(LONG, "e" + (day - 2)));
        }
      }

      assertThat(flow.values(Topics.EVENTS_DUPLICATE)).hasSize(30 + 27);
    }
  }

  @Test
  void keepsIdsForTwoWindowsAWeekAndThreeHours() {
    assertThat(Deduplication.retention(WINDOW)).isEqualTo(Duration.ofDays(13).plusHours(3));
    assertThat(Deduplication.retention(Deduplication.LONGEST_WINDOW))
        .isEqualTo(Duration.ofDays(37).plusHours(3));
  }

  private EngagementFlow flow() {
    return new EngagementFlow(NOON, new Declared(), StoreKind.ROCKSDB);
  }

  private static Event of(String source, String id) {
    return Event.newBuilder(event("ann", id, "page.viewed", NOON, Map.of()))
        .setSource(source)
        .build();
  }

  private final class Declared implements SourceWindows {
    @Override
    public Duration dedupe(String source) {
      return Objects.requireNonNull(declared.get(source), source);
    }

    @Override
    public Duration longestDedupe() {
      return WINDOW;
    }
  }
}
