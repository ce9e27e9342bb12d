package io.millrace.bench.simulator;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance that repeats: everything random in a plan is asked from here. */
final class Dice {
  private final Random random;

  /** The algorithm of {@link Random} is specified, so a seed means the same on every JDK. */
  Dice(long seed) {
    this.random = new Random(seed);
  }

  /** A whole number from low to high, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** 0 (included) to 1 (excluded). */
  double fraction() {
    return random.nextDouble();
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> void shuffle(List<T> list) {
    Collections.shuffle(list, random);
  }

  /** Dice of their own, so that what one part draws does not shift what another gets. */
  Dice fork() {
    return new Dice(random.nextLong());
  }
}
