package io.millrace.flow.order;

import java.time.Duration;
import java.util.Optional;

/** The dedupe and reorder windows of sources. */
@FunctionalInterface
public interface SourceWindows {

  /** How long a source may repeat events: more than zero, at most 15 days. */
  Duration dedupe(String source);

  /**
   * The longest dedupe window of any source. It determines how long ids are kept and is read once,
   * when the flow is built: a longer window that is declared later needs a restart.
   */
  default Duration longestDedupe() {
    return Deduplication.LONGEST_WINDOW;
  }

  /**
   * How long an event of a source waits for earlier ones; empty if the rule of its record type
   * applies.
   */
  default Optional<Duration> reorder(String source) {
    return Optional.empty();
  }
}
