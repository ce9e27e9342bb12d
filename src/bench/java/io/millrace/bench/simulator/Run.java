package io.millrace.bench.simulator;

import java.time.Instant;
import java.util.Locale;

/**
 * What a run is made from; the same run gives the same plan, byte for byte.
 *
 * @param tag part of every id of the run, so that no two runs share one; letters and digits
 * @param number base of the ids that must be numbers, 0 to 99,999,999
 * @param seed decides everything that is left to chance
 * @param events about how many events to make, at least 1
 * @param startedAt what the events' own times count back from
 */
public record Run(String tag, long number, long seed, int events, Instant startedAt) {
  private static final long NUMBERS = 100_000_000;

  public Run {
    if (!tag.matches("[a-z0-9]+")) {
      throw new IllegalArgumentException("A run's tag is lower-case letters and digits: " + tag);
    }
    if (number < 0 || number >= NUMBERS) {
      throw new IllegalArgumentException("A run's number is 0 to 99,999,999: " + number);
    }
    if (events < 1) {
      throw new IllegalArgumentException("A run has at least 1 event, not " + events);
    }
  }

  /** The n-th run on a data directory, from 1. */
  public static Run numbered(int number, long seed, int events, Instant startedAt) {
    return new Run("r" + number, number, seed, events, startedAt);
  }

  /** A run of one's own beside the numbered ones: its ids depend on the seed alone. */
  public static Run ofSeed(long seed, int events, Instant startedAt) {
    String tag = "s" + Long.toUnsignedString(seed, 36).toLowerCase(Locale.ROOT);
    return new Run(tag, NUMBERS / 2 + Math.floorMod(seed, NUMBERS / 2), seed, events, startedAt);
  }

  /** An id of the run: {@code L-r1-0042}. */
  String id(String kind, long serial) {
    return String.format(Locale.ROOT, "%s-%s-%04d", kind, tag, serial);
  }

  /** An id of the run for senders that count: unique for serials below 10,000,000. */
  long numericId(long serial) {
    return number * 10_000_000L + serial;
  }
}
