package io.millrace.flow.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The buckets of arrival time in which copies of an event are looked up. Each is as long as the
 * {@link Deduplication#reach}, so that every copy within it is in the event's own bucket or a
 * neighbouring one. Nothing has arrived after the stream's time, so the next bucket is searched
 * only for events that are older than others: a recent event costs two look-ups.
 *
 * @param starts of the buckets to search; the first is that of the event
 * @param place start of the event's own bucket, in which it is remembered if it is admitted; empty
 *     if ids are no longer kept for it
 * @param present start of the bucket of the present, in which a replayed letter is remembered too;
 *     empty for other events, and if it is the event's own bucket
 * @param areComplete whether ids are still kept for every bucket in which a copy may be
 */
public record SearchedBuckets(
    List<Long> starts, OptionalLong place, OptionalLong present, boolean areComplete) {
  public SearchedBuckets {
    starts = List.copyOf(starts);
  }

  /**
   * For any event but a replayed dead letter.
   *
   * @param arrival milliseconds since the epoch
   * @param window more than zero, at most {@link Deduplication#LONGEST_WINDOW}
   * @param now the stream's time, in milliseconds since the epoch
   * @param retention how long ids are kept, from the start of their bucket
   */
  public static SearchedBuckets of(long arrival, Duration window, long now, Duration retention) {
    long length = length(window);
    long own = bucket(arrival, window);
    return of(own, own + length, OptionalLong.empty(), length, now, retention);
  }

  /**
   * For a replayed dead letter: all buckets up to the present, because it is admitted only if no
   * other copy was since. Ids of its time may no longer be kept, or be forgotten in the next
   * moment, and it may be replayed again. So it is remembered in the bucket of the present as well,
   * for as long as the id of an event that arrives now. Only replayed letters may take account of
   * that entry, and only if it is {@linkplain #letterFinds near enough}: everything else that is
   * near enough to the letter finds it in its own bucket, or is too old itself.
   */
  public static SearchedBuckets ofReplayedLetter(
      long arrival, Duration window, long now, Duration retention) {
    long own = bucket(arrival, window);
    long last = Math.max(own, bucket(now, window));
    OptionalLong present = last == own ? OptionalLong.empty() : OptionalLong.of(last);
    return of(own, last, present, length(window), now, retention);
  }

  /**
   * Whether the search for a replayed letter finds a copy, if all ids are kept.
   *
   * @param letter when the letter's delivery arrived, in milliseconds since the epoch
   * @param copy when that of the copy arrived
   */
  public static boolean letterFinds(long letter, long copy, Duration window) {
    return bucket(copy, window) >= bucket(letter, window) - length(window);
  }

  private static SearchedBuckets of(
      long own, long last, OptionalLong present, long length, long now, Duration retention) {
    long firstKept = now - retention.toMillis() + 1;
    List<Long> starts = new ArrayList<>(3);
    addIfKept(own, firstKept, starts);
    addIfKept(own - length, firstKept, starts);
    for (long start = own + length; start <= Math.min(last, now); start += length) {
      addIfKept(start, firstKept, starts);
    }
    OptionalLong place = own >= firstKept ? OptionalLong.of(own) : OptionalLong.empty();
    return new SearchedBuckets(starts, place, present, own - length >= firstKept);
  }

  /** A store has no bucket before 1970. */
  private static void addIfKept(long start, long firstKept, List<Long> starts) {
    if (start >= Math.max(0, firstKept)) {
      starts.add(start);
    }
  }

  /** Start of the bucket that contains an arrival. */
  static long bucket(long arrival, Duration window) {
    long length = length(window);
    return Math.floorDiv(arrival, length) * length;
  }

  private static long length(Duration window) {
    if (window.toMillis() <= 0 || window.compareTo(Deduplication.LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "A dedupe window of %s is not between 1 ms and %s"
              .formatted(window, Deduplication.LONGEST_WINDOW));
    }
    return Deduplication.reach(window).toMillis();
  }
}
