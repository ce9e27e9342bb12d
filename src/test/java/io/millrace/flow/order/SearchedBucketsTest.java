package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchedBucketsTest {
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final Duration KEPT = Deduplication.retention(WINDOW);
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** The length of a bucket: the window and an hour. */
  private static final long L = Duration.ofHours(73).toMillis();

  private static final long T = 200 * L;

  @Test
  void looksUpARecentEventTwice() {
    SearchedBuckets buckets = SearchedBuckets.of(T + 5, WINDOW, T + L - 1, KEPT);

    assertThat(buckets.starts()).containsExactly(T, T - L);
    assertThat(buckets.place()).hasValue(T);
    assertThat(buckets.present()).isEmpty();
    assertThat(buckets.areComplete()).isTrue();
  }

  @Test
  void searchesTheNextBucketOnceSomethingHasArrivedThere() {
    assertThat(SearchedBuckets.of(T + 5, WINDOW, T + L, KEPT).starts())
        .containsExactly(T, T - L, T + L);
    assertThat(SearchedBuckets.of(T + 5, WINDOW, T + 3 * L, KEPT).starts())
        .containsExactly(T, T - L, T + L);
  }

  @Test
  void searchesEveryBucketSinceForAReplayedLetter() {
    assertThat(SearchedBuckets.ofReplayedLetter(T + 5, WINDOW, T + 3 * L + 7, KEPT).starts())
        .containsExactly(T, T - L, T + L, T + 2 * L, T + 3 * L);
  }

  /** Either copy may be the second to get here. */
  @Test
  void findsEveryCopyWithinTheReach_whicheverComesFirst() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      Duration window = window(random);
      long reach = Deduplication.reach(window).toMillis();
      Duration kept = Deduplication.retention(window);
      long admitted = 1_800_000_000_000L + random.nextLong(2_000_000_000L);
      long arrival = admitted + near(reach, random);
      long newest = Math.max(admitted, arrival);
      long oldest = arrival + Deduplication.OLDEST_DELIVERY.toMillis() + HOUR;
      if (newest > oldest) {
        continue;
      }
      long now = newest + random.nextLong(oldest - newest + 1);

      SearchedBuckets buckets = SearchedBuckets.of(arrival, window, now, kept);

      assertThat(buckets.areComplete()).as("-Dseed=%d, window %s", seed, window).isTrue();
      assertThat(buckets.starts())
          .as("-Dseed=%d, window %s", seed, window)
          .contains(SearchedBuckets.of(admitted, window, newest, kept).place().getAsLong());
    }
  }

  /** Small, large, and in between. */
  private static Duration window(Random random) {
    long longest = Deduplication.LONGEST_WINDOW.toMillis();
    return Duration.ofMillis(
        switch (random.nextInt(3)) {
          case 0 -> 1 + random.nextLong(HOUR);
          case 1 -> longest - random.nextLong(HOUR);
          default -> 1 + random.nextLong(longest);
        });
  }

  /** A distance of at most the reach, often exactly that. */
  private static long near(long reach, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> reach;
      case 1 -> -reach;
      default -> random.nextLong(2 * reach + 1) - reach;
    };
  }

  @Test
  void findsNothingBeyondTwiceTheReach() {
    long admitted = T + 5;

    assertThat(SearchedBuckets.of(admitted + 2 * L, WINDOW, admitted + 2 * L, KEPT).starts())
        .doesNotContain(T);
    assertThat(SearchedBuckets.of(admitted - 2 * L, WINDOW, admitted, KEPT).starts())
        .doesNotContain(T);
  }

  /** At the end of its bucket, at the oldest age, while another edge's clock is an hour ahead. */
  @Test
  void keepsIdsForTheOldestDeliveryInTheWorstPlace() {
    long last = T + L - 1;
    long now = last + Deduplication.OLDEST_DELIVERY.toMillis() + HOUR;

    SearchedBuckets inTime = SearchedBuckets.of(last, WINDOW, now, KEPT);
    SearchedBuckets later = SearchedBuckets.of(last, WINDOW, now + 1, KEPT);

    assertThat(inTime.areComplete()).isTrue();
    assertThat(inTime.starts()).contains(T - L);
    assertThat(later.areComplete()).isFalse();
    assertThat(later.starts()).doesNotContain(T - L);
  }

  @Test
  void remembersALetterInThePresentToo() {
    long now = T + KEPT.toMillis();

    SearchedBuckets kept = SearchedBuckets.ofReplayedLetter(T, WINDOW, now - 1, KEPT);
    SearchedBuckets forgotten = SearchedBuckets.ofReplayedLetter(T, WINDOW, now, KEPT);

    assertThat(kept.place()).hasValue(T);
    assertThat(kept.present()).hasValue(Math.floorDiv(now, L) * L);
    assertThat(forgotten.place()).isEmpty();
    assertThat(forgotten.present()).isEqualTo(kept.present());
    assertThat(SearchedBuckets.ofReplayedLetter(T, WINDOW, T + L - 1, KEPT).present()).isEmpty();
    assertThat(SearchedBuckets.ofReplayedLetter(T, WINDOW, T - L, KEPT).present()).isEmpty();
  }

  @Test
  void findsAReplayedLetterAgainForAWeekAtLeast_howeverOldItWas() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      Duration window = window(random);
      Duration kept = Deduplication.retention(window);
      long arrival = 1_800_000_000_000L + random.nextLong(2_000_000_000L);
      long replay = arrival + random.nextLong(Duration.ofDays(28).toMillis());
      long again = replay + random.nextLong(Deduplication.OLDEST_DELIVERY.toMillis());

      SearchedBuckets first = SearchedBuckets.ofReplayedLetter(arrival, window, replay, kept);

      assertThat(SearchedBuckets.ofReplayedLetter(arrival, window, again, kept).starts())
          .as("-Dseed=%d, window %s", seed, window)
          .contains(first.present().orElseGet(() -> first.place().getAsLong()));
    }
  }

  @Test
  void knowsNoTimeBefore1970() {
    assertThat(SearchedBuckets.of(5, WINDOW, 5, KEPT).starts()).containsExactly(0L);
  }

  @Test
  void refusesWindowsTheStoreCannotKeep() {
    assertThatThrownBy(() -> SearchedBuckets.of(0, Duration.ZERO, 0, KEPT))
        .hasMessageContaining("PT0S");
    assertThatThrownBy(() -> SearchedBuckets.of(0, Duration.ofDays(16), 0, KEPT))
        .hasMessageContaining("PT384H");
  }
}
