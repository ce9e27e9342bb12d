package io.millrace.flow.order;

import java.time.Duration;
import java.util.Optional;

/** How long the flow reckons with repeats of a source, and with what it sends out of order. */
@FunctionalInterface
public interface SourceWindows {

  /** For how long a source may repeat itself: more than zero, at most 15 days. */
  Duration dedupe(String source);

  /**
   * The longest dedupe window of any source. It says how long ids are kept, so it is asked for
   * once, when the flow is built: a longer window that is declared later needs a restart.
   */
  default Duration longestDedupe() {
    return Deduplication.LONGEST_WINDOW;
  }

  /**
   * How long an event of a source waits for earlier ones; empty where the rules of its record's
   * type say so.
   */
  default Optional<Duration> reorder(String source) {
    return Optional.empty();
  }
}
