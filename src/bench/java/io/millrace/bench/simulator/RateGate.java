package io.millrace.bench.simulator;

/**
 * Limits a rate evenly across all callers. A caller that is slightly late catches up, so that the
 * rate is kept although sleeps are inexact.
 */
final class RateGate {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The maximum delay that is caught up: a tenth of a second. */
  private static final long CATCH_UP = 100_000_000;

  private final long interval;
  private long next = System.nanoTime();

  /**
   * @param perSecond more than 0
   */
  RateGate(double perSecond) {
    this.interval = (long) (NANOS_PER_SECOND / perSecond);
  }

  void pass() throws InterruptedException {
    long turn;
    synchronized (this) {
      turn = Math.max(next, System.nanoTime() - CATCH_UP);
      next = turn + interval;
    }
    long wait = turn - System.nanoTime();
    if (wait > 0) {
      Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
    }
  }
}
