package io.millrace.bench.command;

import io.millrace.bench.stack.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows the progress of the stack's start in the terminal: a line for each part once it is ready.
 */
final class TerminalProgress implements Progress {
  private final Consumer<String> lines;

  /**
   * @param lines shows a line at once
   */
  TerminalProgress(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void starting(String part) {
    // Parts start in parallel; a single line each, once its duration is known, reads better.
  }

  @Override
  public synchronized void ready(String part, Duration took) {
    lines.accept(String.format(Locale.ROOT, "  %-24s %5.1f s", part, took.toMillis() / 1000.0));
  }
}
