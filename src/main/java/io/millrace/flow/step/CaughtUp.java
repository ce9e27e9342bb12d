package io.millrace.flow.step;

import java.util.List;

/** Reports how far the flow has read. */
@FunctionalInterface
public interface CaughtUp {
  /** Stands for a moment that is not known. */
  long UNKNOWN = Long.MAX_VALUE;

  /**
   * Whether the task that reads a partition of some topics had read all of them to the end at its
   * last poll. Topics without that partition do not count; if none has it, or the task has moved to
   * another process, the answer is no.
   */
  boolean isCaughtUp(List<String> topics, int partition);

  /**
   * The moment up to which the deliveries of all edges have passed the role before, so that their
   * events can be read, milliseconds since the epoch; {@link #UNKNOWN} if that cannot be said.
   */
  default long normalizedThrough() {
    return UNKNOWN;
  }
}
