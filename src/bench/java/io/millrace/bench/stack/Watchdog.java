package io.millrace.bench.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A shell that outlives this process if it is killed: its standard input ends with this process,
 * and then it ends the registered processes. So even {@code kill -9} leaves nothing running.
 */
final class Watchdog implements AutoCloseable {
  // SIGINT stops PostgreSQL immediately, whereas SIGTERM would wait for its clients; the registry
  // ignores the former and obeys the latter.
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      tied=''
      while read -r word pid; do
        case $word in
          tie) tied="$tied $pid" ;;
          done) exit 0 ;;
        esac
      done
      alive() {
        for pid in $tied; do
          kill -0 $pid 2>/dev/null || continue
          # If zombies are not reaped, they stay in the process table, without a program.
          [ -d /proc/$pid ] && [ ! -e /proc/$pid/exe ] && continue
          return 0
        done
        return 1
      }
      kill -INT $tied 2>/dev/null
      kill -TERM $tied 2>/dev/null
      waited=0
      while [ $waited -lt 8 ] && alive; do
        sleep 1
        waited=$((waited + 1))
      done
      kill -QUIT $tied 2>/dev/null
      kill -KILL $tied 2>/dev/null
      """;

  private final Process shell;
  private final OutputStream orders;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.orders = shell.getOutputStream();
  }

  static Watchdog start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "millrace-watchdog");
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    return new Watchdog(builder.start());
  }

  synchronized void tie(long pid) {
    tell("tie " + pid);
  }

  private void tell(String order) {
    try {
      orders.write((order + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException broken) {
      throw new UncheckedIOException("The watchdog of the embedded stack has gone", broken);
    }
  }

  /** Closes the input without a message, as the sudden end of this process would. */
  void abandon() throws IOException {
    orders.close();
  }

  @Override
  public synchronized void close() {
    if (shell.isAlive()) {
      tell("done");
    }
    try {
      if (!shell.waitFor(2, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
