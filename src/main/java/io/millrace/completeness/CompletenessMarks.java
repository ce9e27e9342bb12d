package io.millrace.completeness;

import io.millrace.event.CompletenessMark;
import io.millrace.flow.step.Topics;
import java.time.Instant;
import java.util.Optional;

/** The records of completeness-marks: one for each topic, and one for each edge. */
public final class CompletenessMarks {
  private static final String EDGE_PREFIX = Topics.DELIVERIES_RECEIVED.name() + "/";

  private CompletenessMarks() {}

  /** The key of an edge's mark: {@code deliveries-received/EDGE}. */
  public static String edgeKey(String edge) {
    return EDGE_PREFIX + edge;
  }

  /** The edge a key belongs to; empty for the key of a topic. */
  static Optional<String> edgeOf(String key) {
    return Optional.of(key)
        .filter(found -> found.startsWith(EDGE_PREFIX))
        .map(found -> found.substring(EDGE_PREFIX.length()));
  }

  /** The mark of an edge. */
  public static CompletenessMark ofEdge(
      String edge, Instant until, String heldBackBy, Instant now) {
    return CompletenessMark.newBuilder()
        .setTopic(Topics.DELIVERIES_RECEIVED.name())
        .setEdge(edge)
        .setCompleteUntil(until)
        .setHeldBackBy(heldBackBy)
        .setStatedAt(now)
        .build();
  }

  public static CompletenessMark ofTopic(String topic, TopicMark mark, Instant now) {
    return CompletenessMark.newBuilder()
        .setTopic(topic)
        .setCompleteUntil(mark.until())
        .setHeldBackBy(mark.heldBackBy())
        .setStatedAt(now)
        .build();
  }
}
