package io.millrace.bench.sample;

import java.util.HashMap;
import java.util.Map;

/**
 * A person at one provider: how far their story there has come. Not for several threads at once.
 */
public final class Actor {
  private final Person person;
  private final Map<String, Integer> steps = new HashMap<>();
  private int told;

  public Actor(Person person) {
    this.person = person;
  }

  Person person() {
    return person;
  }

  /** How many events have been told of this person. */
  int told() {
    return told;
  }

  void tell() {
    told++;
  }

  /** Goes one step on a walk, back to the start after the last. */
  int step(String walk, int length) {
    return steps.merge(walk, 0, (before, zero) -> (before + 1) % length);
  }
}
