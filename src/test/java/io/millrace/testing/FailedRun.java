package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a failed run of the whole system left behind, kept for the person who looks for its cause.
 */
public final class FailedRun {
  private static final int LAST_LINES = 200;

  private FailedRun() {}

  /**
   * Copies every log and output below a directory to {@code target/failed}.
   *
   * @param test names the copy, which replaces an earlier one
   * @return the last lines of each file, and where the whole files are
   */
  public static String keep(Path directory, String test) {
    return keep(directory, Path.of("target", "failed", test));
  }

  static String keep(Path directory, Path copy) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> logs = files.filter(FailedRun::isLog).sorted().toList();
      for (Path log : logs) {
        Path target = copy.resolve(directory.relativize(log).toString());
        Files.createDirectories(target.getParent());
        Files.copy(log, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return "whole logs: %s%n".formatted(copy.toAbsolutePath())
          + logs.stream().map(FailedRun::tail).collect(Collectors.joining());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isLog(Path file) {
    String name = file.getFileName().toString();
    boolean ofKafka = name.matches("\\d{20}\\.log");
    boolean ofTheTest = name.endsWith(".log") || name.endsWith(".txt");
    return Files.isRegularFile(file) && ofTheTest && !ofKafka && !isStore(file);
  }

  /** RocksDB calls its data .log, too. */
  private static boolean isStore(Path file) {
    return Files.exists(file.resolveSibling("CURRENT"));
  }

  private static String tail(Path log) {
    try {
      List<String> lines = new String(Files.readAllBytes(log), UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - LAST_LINES);
      return "%n--- the last %d of %d lines of %s%n%s%n"
          .formatted(
              lines.size() - from,
              lines.size(),
              log,
              String.join(System.lineSeparator(), lines.subList(from, lines.size())));
    } catch (IOException unreadable) {
      return "%n--- %s cannot be read: %s%n".formatted(log, unreadable);
    }
  }
}
