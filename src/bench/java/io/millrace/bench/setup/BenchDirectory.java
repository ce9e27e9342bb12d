package io.millrace.bench.setup;

import io.millrace.bench.stack.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for the data of one run, removed at its end. Leftovers of a killed run are removed by
 * the next one.
 */
public final class BenchDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BenchDirectory.class);
  private static final String PREFIX = "millrace-bench-";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d+)-.*");

  private final Path path;
  private final List<ChildJvm> processes = new CopyOnWriteArrayList<>();

  private BenchDirectory(Path path) {
    this.path = path;
  }

  /**
   * Creates one.
   *
   * @param parent its parent directory, which must exist
   * @throws BenchFailure when nothing can be written there
   */
  public static BenchDirectory in(Path parent) {
    try {
      for (Path left : leftovers(parent)) {
        delete(left);
      }
      return new BenchDirectory(
          Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-"));
    } catch (IOException failure) {
      throw new BenchFailure(
          "Cannot write to %s (%s): choose another directory with --data DIR"
              .formatted(parent, failure.getMessage()));
    }
  }

  private static List<Path> leftovers(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(BenchDirectory::isLeftover).toList();
    }
  }

  private static boolean isLeftover(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  public Path path() {
    return path;
  }

  /**
   * Starts a process with data in this directory, so that it ends before the directory is removed.
   *
   * @param mainClass the class to run
   * @param arguments of its main method
   * @param log the name of the file for its output
   */
  public ChildJvm start(String mainClass, List<String> arguments, String log) {
    return start(mainClass, arguments, List.of(), log);
  }

  /**
   * Starts a process with JVM options of its own.
   *
   * @param options for its JVM, which take precedence over those of this one
   */
  public ChildJvm start(
      String mainClass, List<String> arguments, List<String> options, String log) {
    ChildJvm process = ChildJvm.start(mainClass, arguments, options, file(log));
    processes.add(process);
    return process;
  }

  /** A file or folder in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** A folder in it; created if missing. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Bytes of all files under a folder. */
  public static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(BenchDirectory::size).sum();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  // A file may disappear meanwhile, because RocksDB compacts.
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Ends the processes that are still running, as after Ctrl-C, and removes everything. */
  @Override
  public void close() {
    processes.stream().filter(ChildJvm::isAlive).forEach(ChildJvm::kill);
    try {
      delete(path);
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn("The directory {} could not be removed", path, failure);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
