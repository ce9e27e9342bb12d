package io.millrace.bench.stack;

import java.time.Duration;

/** Is told how far the stack has got, from several threads at once. */
public interface Progress {

  /** A part is being started. */
  void starting(String part);

  /** A part can be used now. */
  void ready(String part, Duration took);

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void starting(String part) {}

      @Override
      public void ready(String part, Duration took) {}
    };
  }
}
