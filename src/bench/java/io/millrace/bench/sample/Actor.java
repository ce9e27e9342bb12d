package io.millrace.bench.sample;

import java.util.HashMap;
import java.util.Map;

/** A person at one provider, with the progress of their story. Not thread-safe. */
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

  /** The number of events about this person so far. */
  int told() {
    return told;
  }

  void tell() {
    told++;
  }

  /** Advances one step in a cycle of values. */
  int step(String walk, int length) {
    return steps.merge(walk, 0, (before, zero) -> (before + 1) % length);
  }
}
