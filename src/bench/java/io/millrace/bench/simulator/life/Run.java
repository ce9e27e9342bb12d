package io.millrace.bench.simulator.life;

import java.time.Instant;
import java.util.Locale;

/**
 * The parameters of a run; the same parameters give the same plan, byte for byte.
 *
 * @param tag part of every id of the run, so that ids of different runs differ; letters and digits
 * @param number base of numeric ids, 0 to 99,999,999
 * @param seed seed of everything random
 * @param events approximate number of events, at least 1
 * @param startedAt reference time that the events' own times precede
 */
public record Run(String tag, long number, long seed, int events, Instant startedAt) {
  private static final long NUMBERS = 100_000_000;

  public Run {
    if (!tag.matches("[a-z0-9]+")) {
      throw new IllegalArgumentException(
          "A run's tag must be lower-case letters and digits, not " + tag);
    }
    if (number < 0 || number >= NUMBERS) {
      throw new IllegalArgumentException(
          "A run's number must be from 0 to 99,999,999, not " + number);
    }
    if (events < 1) {
      throw new IllegalArgumentException("A run needs at least 1 event, not " + events);
    }
  }

  /** The n-th run on a data directory, from 1. */
  public static Run numbered(int number, long seed, int events, Instant startedAt) {
    return new Run("r" + number, number, seed, events, startedAt);
  }

  /** An unnumbered run, whose ids depend only on the seed. */
  public static Run ofSeed(long seed, int events, Instant startedAt) {
    String tag = "s" + Long.toUnsignedString(seed, 36).toLowerCase(Locale.ROOT);
    return new Run(tag, NUMBERS / 2 + Math.floorMod(seed, NUMBERS / 2), seed, events, startedAt);
  }

  /** An id of the run: {@code L-r1-0042}. */
  String id(String kind, long serial) {
    return String.format(Locale.ROOT, "%s-%s-%04d", kind, tag, serial);
  }

  /** A numeric id of the run, unique for serials below 10,000,000. */
  long numericId(long serial) {
    return number * 10_000_000L + serial;
  }
}
