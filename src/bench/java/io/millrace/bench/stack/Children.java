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
 * The child processes. A watchdog ties each to the life of this process, and each is recorded in a
 * file, so that the next start can wait until those of the last one are gone.
 */
final class Children implements AutoCloseable {
  /** How long the watchdog of a killed process may take to end the children. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(20);

  private final Path list;
  private final Watchdog watchdog;

  Children(Path list) throws IOException {
    this.list = list;
    this.watchdog = Watchdog.start();
  }

  /** Waits for processes that a killed process left behind; ends them if its watchdog has not. */
  static void awaitLeftovers(Path list) throws IOException {
    if (!Files.exists(list)) {
      return;
    }
    for (String line : Files.readAllLines(list)) {
      running(line).ifPresent(Children::awaitEnd);
    }
    Files.delete(list);
  }

  /** Ties a process to the life of this one. */
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

  // Process ids are reused; together with the start time an id is unique.
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

  // If zombies are not reaped, they stay in the process table, without a program.
  private static boolean isRunning(ProcessHandle child) {
    return child.isAlive() && child.info().command().isPresent();
  }
}
