package io.millrace.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this checkout. */
public final class Checkout {
  /** Its root: Maven runs tests there. */
  public static final Path ROOT = Path.of("").toAbsolutePath();

  /** Folders that hold what was built, run or cloned, not what was written. */
  private static final List<String> NOT_SOURCES =
      List.of(".git", "target", "data", ".idea", ".cifuzz-corpus", "secrets");

  private Checkout() {}

  /** Every file somebody wrote, as paths relative to the root, sorted. */
  public static List<Path> files() {
    return filesIn("");
  }

  /** The files in a folder and below it, as paths relative to the root, sorted. */
  public static List<Path> filesIn(String folder) {
    try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
      return all.filter(Files::isRegularFile)
          .map(ROOT::relativize)
          .filter(path -> !NOT_SOURCES.contains(path.getName(0).toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's text. */
  public static String read(Path path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's text. */
  public static String read(String path) {
    return read(Path.of(path));
  }
}
