package io.millrace.bench.simulator.life;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Repeatable randomness: the source of everything random in a plan. */
public final class Dice {
  private final Random random;

  /** The algorithm of {@link Random} is specified, so a seed means the same on every JDK. */
  public Dice(long seed) {
    this.random = new Random(seed);
  }

  /** A whole number from low to high, both inclusive. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** 0 (included) to 1 (excluded). */
  public double fraction() {
    return random.nextDouble();
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> void shuffle(List<T> list) {
    Collections.shuffle(list, random);
  }

  /** Separate dice, so that the draws of one part do not affect those of another. */
  public Dice fork() {
    return new Dice(random.nextLong());
  }
}
