package io.millrace.stream;

import java.time.Duration;

/** For how long a source may repeat itself. */
@FunctionalInterface
public interface DedupeWindows {

  /** The window of a source: more than zero, at most 15 days. */
  Duration of(String source);
}
