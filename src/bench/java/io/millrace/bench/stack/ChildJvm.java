package io.millrace.bench.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A child process with the same Java, options and class path, so that its cost can be measured
 * separately. It ends when this process ends, for any reason.
 */
public final class ChildJvm implements AutoCloseable {
  /** How long it may take to stop by itself; a role of the flow commits its current work. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

  private final Process process;
  private final Watchdog watchdog;
  private final Path log;

  private ChildJvm(Process process, Watchdog watchdog, Path log) {
    this.process = process;
    this.watchdog = watchdog;
    this.log = log;
  }

  /**
   * Starts a process and returns immediately.
   *
   * @param mainClass the class to run
   * @param arguments of its main method
   * @param log receives its output; appended to if it exists
   * @throws StackException when the process cannot be started
   */
  public static ChildJvm start(String mainClass, List<String> arguments, Path log) {
    return start(mainClass, arguments, List.of(), log);
  }

  /**
   * Starts a process with JVM options of its own.
   *
   * @param options for its JVM, which take precedence over those of this one
   * @throws StackException when the process cannot be started
   */
  public static ChildJvm start(
      String mainClass, List<String> arguments, List<String> options, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    try {
      Watchdog watchdog = Watchdog.start();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .redirectInput(Redirect.PIPE)
              .start();
      watchdog.tie(process.pid());
      return new ChildJvm(process, watchdog, log);
    } catch (IOException failure) {
      throw new StackException(
          "a process of %s could not be started: %s".formatted(mainClass, failure.getMessage()),
          failure);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * User and system time it has used so far, to a hundredth of a second; empty if the system does
   * not report it, and after its end.
   */
  public Optional<Duration> cpu() {
    return process.toHandle().info().totalCpuDuration();
  }

  /**
   * The largest resident size it has had, in megabytes; empty if the system does not report it, and
   * after its end.
   */
  public Optional<Double> peakMemoryMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException notReported) {
      return Optional.empty();
    }
  }

  /** The last lines of its output, to explain why it ended. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException unreadable) {
      return "(its output in " + log + " cannot be read)";
    }
  }

  /** Ends it immediately; its current work is lost. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    watchdog.close();
  }

  /** Asks it to stop, waits, and ends it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    watchdog.close();
  }
}
