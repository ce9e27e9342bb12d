package io.millrace.completeness;

import java.time.Instant;

/**
 * Up to when a topic is complete.
 *
 * @param until everything received before this is on the topic
 * @param heldBackBy what prevents a later mark
 */
public record TopicMark(Instant until, String heldBackBy) {

  /** The earlier of two. */
  static TopicMark earlier(TopicMark one, TopicMark other) {
    return other.until().isBefore(one.until()) ? other : one;
  }
}
