package io.millrace.kafka.streams;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The wall clock for Kafka Streams, except that it never runs backwards. Kafka Streams commits and
 * runs its timers when its clock has passed a moment: with a clock that is set back by an hour, it
 * would do neither for an hour.
 */
final class SteadyTime implements Time {
  private final LongSupplier wall;
  private volatile Reading last;

  /**
   * What the clock showed last.
   *
   * @param ahead by how much this was ahead of the wall clock, in milliseconds
   */
  private record Reading(long millis, long ahead) {
    Reading next(long wall) {
      if (wall >= millis) {
        // The wall clock has caught up.
        return new Reading(wall, 0);
      }
      long continued = wall + ahead;
      return continued >= millis
          ? new Reading(continued, ahead)
          : new Reading(millis, millis - wall);
    }
  }

  /**
   * A steady version of a clock.
   *
   * @param wall milliseconds since the epoch
   */
  SteadyTime(LongSupplier wall) {
    this.wall = wall;
    this.last = new Reading(wall.getAsLong(), 0);
  }

  static SteadyTime ofSystem() {
    return new SteadyTime(Time.SYSTEM::milliseconds);
  }

  @Override
  public long milliseconds() {
    long now = wall.getAsLong();
    if (now == last.millis()) {
      return now;
    }
    return advanced(now);
  }

  private synchronized long advanced(long now) {
    Reading next = last.next(now);
    last = next;
    return next.millis();
  }

  @Override
  public long nanoseconds() {
    return SYSTEM.nanoseconds();
  }

  @Override
  public void sleep(long millis) {
    SYSTEM.sleep(millis);
  }

  /**
   * Waits until a condition holds.
   *
   * @param deadline by this clock, milliseconds since the epoch
   */
  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadline)
      throws InterruptedException {
    long left = deadline - milliseconds();
    SYSTEM.waitObject(object, condition, SYSTEM.milliseconds() + Math.max(0, left));
  }
}
