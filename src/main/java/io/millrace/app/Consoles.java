package io.millrace.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.console.Console;
import io.millrace.console.ConsoleSettings;
import io.millrace.console.EdgeView;
import io.millrace.console.ReadinessCheck;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Starts consoles. */
public final class Consoles {
  /**
   * How many ports after the first are tried: one for each process that people run on one machine.
   */
  private static final int NEIGHBOURS = 8;

  private Consoles() {}

  /**
   * Starts a console, on the next free port if its own is taken: an edge and a flow on one machine
   * each have one.
   *
   * @param edge shows what this process's edge received, if it has one
   * @throws CommandException when none of the ports is free
   */
  public static Console start(
      ConsoleSettings settings,
      PrometheusMeterRegistry registry,
      Map<String, ReadinessCheck> checks,
      Optional<EdgeView> edge) {
    Optional<String> token = settings.token().map(SecretReference::resolve);
    for (int next = 0; ; next++) {
      int port = settings.port() == 0 ? 0 : settings.port() + next;
      Console console = new Console(settings.withPort(port), registry, checks, edge, token);
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
