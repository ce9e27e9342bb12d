package io.millrace.bench.demo;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows progress: one line that is overwritten on a terminal, or a line now and then elsewhere. */
public final class Screen {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
  private static final int WIDTH = 110;

  private final PrintWriter out;
  private final boolean terminal;
  private long nextPlain = System.nanoTime();
  private boolean lineIsOpen;

  public Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a permanent line. */
  public synchronized void line(String text) {
    if (lineIsOpen) {
      out.println();
      lineIsOpen = false;
    }
    out.println(text);
    out.flush();
  }

  /** Shows the current status. */
  public synchronized void status(String text) {
    if (terminal) {
      String cut = text.length() > WIDTH ? text.substring(0, WIDTH - 3) + "..." : text;
      out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
      out.flush();
      lineIsOpen = true;
    } else if (System.nanoTime() >= nextPlain) {
      out.println(text);
      out.flush();
      nextPlain = System.nanoTime() + PLAIN_EVERY.toNanos();
    }
  }
}
