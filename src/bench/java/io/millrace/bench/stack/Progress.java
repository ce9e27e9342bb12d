package io.millrace.bench.stack;

import java.time.Duration;

/** Receives the progress of the stack's start, from several threads at once. */
public interface Progress {

  /** A part is being started. */
  void starting(String part);

  /** A part is ready. */
  void ready(String part, Duration took);

  /** Ignores all progress. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void starting(String part) {}

      @Override
      public void ready(String part, Duration took) {}
    };
  }
}
