package io.millrace.stack.simulator;

/** Lets so many pass per second, evenly, whoever asks. */
final class RateGate {
  private static final double NANOS_PER_SECOND = 1e9;

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
      turn = Math.max(next, System.nanoTime());
      next = turn + interval;
    }
    long wait = turn - System.nanoTime();
    if (wait > 0) {
      Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
    }
  }
}
