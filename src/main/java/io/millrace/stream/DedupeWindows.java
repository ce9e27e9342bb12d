package io.millrace.stream;

import io.millrace.rule.Deduplication;
import java.time.Duration;

/** For how long a source may repeat itself. */
@FunctionalInterface
public interface DedupeWindows {

  /** The window of a source: more than zero, at most 15 days. */
  Duration of(String source);

  /**
   * The longest window of any source. It says how long ids are kept, so it is asked for once, when
   * the flow is built: a longer window that is declared later needs a restart.
   */
  default Duration longest() {
    return Deduplication.LONGEST_WINDOW;
  }
}
