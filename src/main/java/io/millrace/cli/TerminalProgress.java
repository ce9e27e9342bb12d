package io.millrace.cli;

import io.millrace.stack.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows in the terminal how far the stack has got: a line for each part once it is ready. */
public final class TerminalProgress implements Progress {
  private static final int WIDTH = 24;

  private final PrintWriter out;

  public TerminalProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void starting(String part) {
    // Parts start side by side; one line each, when it is known how long it took, reads better.
  }

  @Override
  public synchronized void ready(String part, Duration took) {
    String dots = ".".repeat(Math.max(3, WIDTH - part.length()));
    out.printf(Locale.ROOT, "  %s %s %.1f s%n", part, dots, took.toMillis() / 1000.0);
    out.flush();
  }
}
