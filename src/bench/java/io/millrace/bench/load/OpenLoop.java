package io.millrace.bench.load;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Arrivals at a rate, whatever the server does. A latency begins when a request was due to be sent:
 * time spent waiting for a slow server counts, so that slow periods are not left out because
 * nothing could be sent in them (coordinated omission). Times are nanoseconds of one clock.
 */
public final class OpenLoop {
  private static final long HIGHEST_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int DIGITS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final SplittableRandom random;
  private final double gapNanos;
  private final long endNanos;
  private final Histogram latencies = new Histogram(HIGHEST_NANOS, DIGITS);
  private double nextNanos;

  /**
   * @param rate arrivals per second on average; they are random and independent
   * @param startNanos the time of the first possible arrival
   * @param endNanos the time after which nothing arrives
   */
  public OpenLoop(double rate, long startNanos, long endNanos, long seed) {
    this.random = new SplittableRandom(seed);
    this.gapNanos = NANOS_PER_SECOND / rate;
    this.endNanos = endNanos;
    this.nextNanos = startNanos + gap();
  }

  private double gap() {
    return -Math.log(1 - random.nextDouble()) * gapNanos;
  }

  /** Takes the next arrival that is due; returns when it was due. */
  OptionalLong take(long nowNanos) {
    if ((long) nextNanos > nowNanos || nextNanos >= endNanos) {
      return OptionalLong.empty();
    }
    long intended = (long) nextNanos;
    nextNanos += gap();
    return OptionalLong.of(intended);
  }

  /** Whether there are no more arrivals. */
  boolean isOver() {
    return nextNanos >= endNanos;
  }

  /** The time until the next arrival is due; 0 if it is. */
  long nanosToNext(long nowNanos) {
    return Math.max(0, (long) nextNanos - nowNanos);
  }

  /** A request was answered. */
  void answered(long intendedNanos, long nowNanos) {
    latencies.recordValue(Math.clamp(nowNanos - intendedNanos, 0, HIGHEST_NANOS));
  }

  /** Requests answered so far. */
  long answered() {
    return latencies.getTotalCount();
  }

  /** The given percentile of the latencies, in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
