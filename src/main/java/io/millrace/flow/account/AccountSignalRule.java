package io.millrace.flow.account;

import java.time.Duration;

/**
 * A declared pattern: several people of one account who show the same signal within a time.
 *
 * @param people how many different people, from 2 to {@value #MOST_PEOPLE}
 * @param with the name of the people's signal
 * @param within the longest time between the first and the last of their signals
 */
public record AccountSignalRule(
    String name, String description, int people, String with, Duration within) {
  /** A change of one person's signal costs time in proportion to the number. */
  static final int MOST_PEOPLE = 100;
}
