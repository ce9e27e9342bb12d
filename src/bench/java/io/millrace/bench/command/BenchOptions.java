package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.Started;
import io.millrace.app.UntilStopped;
import io.millrace.bench.result.BarChart;
import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.ResultJson;
import io.millrace.bench.result.ResultTable;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.bench.stack.StackException;
import io.millrace.cli.Say;
import io.millrace.cli.Terminal;
import io.millrace.console.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every benchmark, and how it shows its result. */
final class BenchOptions {
  @Option(
      names = "--quick",
      description =
          "A small run that checks that everything works; its figures come from a cold" + " JVM.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Appends the result to FILE as one line of JSON.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Writes the result to FILE as a bar chart.")
  private Optional<Path> svg = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory for the data of the run, removed when it ends (default: the system's"
              + " temporary directory).")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  /** Measures. */
  @FunctionalInterface
  interface Measurement {
    BenchResult run(BenchDirectory directory, Started started, Consumer<String> say);
  }

  long seed() {
    return seed;
  }

  boolean isQuick() {
    return quick;
  }

  /**
   * Runs a benchmark in its own directory, and shows its result.
   *
   * @return the exit code
   * @throws CommandException when it produces no figures
   */
  int run(CommandSpec spec, Measurement measurement) {
    Started started = new Started();
    UntilStopped.closing(started, "stop-bench");
    try {
      BenchDirectory directory = started.add(BenchDirectory.in(data));
      Logging.toFile(directory.path().resolve("bench.log"));
      long begin = System.nanoTime();
      BenchResult result = measurement.run(directory, started, line -> Say.to(spec, line));
      show(Terminal.out(spec), result, Duration.ofNanos(System.nanoTime() - begin));
      return result.wrong().isEmpty() ? Exit.DONE : Exit.NO;
    } catch (BenchFailure | StackException failure) {
      throw CommandException.unreachable(String.valueOf(failure.getMessage()));
    } finally {
      started.close();
    }
  }

  private void show(PrintWriter out, BenchResult result, Duration took) {
    boolean unicode = System.out.charset().equals(StandardCharsets.UTF_8);
    out.printf("%nbench %s, %s%n%n", result.bench(), String.join(", ", result.setting().values()));
    ResultTable.lines(result, unicode).forEach(out::println);
    out.printf("%nMeasured in %d s.%n", took.toSeconds());
    json.ifPresent(file -> append(file, ResultJson.line(result) + "\n"));
    svg.ifPresent(file -> write(file, BarChart.svg(result)));
    if (json.isEmpty()) {
      out.printf(
          "To put it into docs/performance.md, run it again with --json"
              + " docs/performance/%s.jsonl --svg docs/performance/%s.svg, then:%n"
              + "mvn test -Dtest=PerformanceDocumentTest -Dgolden.write=true%n",
          result.bench(), result.bench());
    }
    out.flush();
  }

  private static void append(Path file, String text) {
    write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void write(Path file, String text, StandardOpenOption... how) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text, how);
    } catch (IOException failure) {
      throw CommandException.unreachable(
          "The result cannot be written to %s: %s".formatted(file, failure.getMessage()));
    }
  }
}
