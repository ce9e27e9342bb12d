package io.millrace.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.console.Console;
import io.millrace.console.ConsoleSettings;
import io.millrace.console.ReadinessCheck;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts consoles. */
final class Consoles {
  /** How many ports after the first are tried: one for each process people run side by side. */
  private static final int NEIGHBOURS = 8;

  private Consoles() {}

  /**
   * Starts a console, on the next free port if its own is taken: on one machine, edge and flow each
   * have theirs.
   *
   * @throws CommandException when none of the ports can be had
   */
  static Console start(
      ConsoleSettings settings,
      PrometheusMeterRegistry registry,
      Map<String, ReadinessCheck> checks) {
    for (int next = 0; ; next++) {
      int port = settings.port() == 0 ? 0 : settings.port() + next;
      Console console = new Console(new ConsoleSettings(settings.host(), port), registry, checks);
      try {
        console.start();
        return console;
      } catch (UncheckedIOException taken) {
        if (next == NEIGHBOURS) {
          throw CommandException.unreachable(String.valueOf(taken.getMessage()));
        }
      }
    }
  }
}
