package io.millrace.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes beside this one. Each is tied to this process's life by a watchdog, and written
 * down, so that the next start can wait until the last one's are gone.
 */
final class Children implements AutoCloseable {
  /** How long the watchdog of a killed process may take to end its children. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(20);

  private final Path list;
  private final Watchdog watchdog;

  Children(Path list) throws IOException {
    this.list = list;
    this.watchdog = Watchdog.start();
  }

  /** Waits for what a killed process left behind; ends it when its watchdog has not. */
  static void awaitLeftovers(Path list) throws IOException {
    if (!Files.exists(list)) {
      return;
    }
    for (String line : Files.readAllLines(list)) {
      running(line).ifPresent(Children::awaitEnd);
    }
    Files.delete(list);
  }

  /** Ties a process to this one's life. */
  synchronized void add(ProcessHandle child) {
    watchdog.tie(child.pid());
    try {
      Files.writeString(
          list, line(child) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops guarding; everything that was added has ended by now. */
  @Override
  public void close() throws IOException {
    watchdog.close();
    Files.deleteIfExists(list);
  }

  // A process id alone is soon given to somebody else; with its start time it is one process.
  private static String line(ProcessHandle child) {
    return child.pid() + " " + startOf(child);
  }

  private static long startOf(ProcessHandle child) {
    return child.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static Optional<ProcessHandle> running(String line) {
    long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
    return ProcessHandle.of(pid).filter(Children::isRunning).filter(p -> line(p).equals(line));
  }

  private static void awaitEnd(ProcessHandle child) {
    if (!endsWithin(child, CLEAN_UP)) {
      List<ProcessHandle> family = child.descendants().toList();
      child.destroyForcibly();
      family.forEach(ProcessHandle::destroyForcibly);
      endsWithin(child, Duration.ofSeconds(2));
    }
  }

  private static boolean endsWithin(ProcessHandle child, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (isRunning(child) && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return !isRunning(child);
  }

  // Where nobody collects the dead they stay in the table, without a program.
  private static boolean isRunning(ProcessHandle child) {
    return child.isAlive() && child.info().command().isPresent();
  }
}
