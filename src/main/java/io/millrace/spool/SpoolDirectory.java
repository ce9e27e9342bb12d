package io.millrace.spool;

import io.millrace.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The folder of the spool, locked by one process at a time. */
final class SpoolDirectory implements AutoCloseable {
  private static final String DAMAGED = "damaged-";
  private static final String QUARANTINE = "quarantine-";

  private final Path path;
  private final FileChannel lock;

  private SpoolDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Whether a spool exists there. */
  static boolean exists(Path path) {
    return Files.isDirectory(path.resolve("log"));
  }

  /**
   * Creates the folder if necessary, accessible only to its owner, and locks it.
   *
   * @throws SpoolException if another process has locked it, or it cannot be used
   */
  static SpoolDirectory take(Path path) {
    try {
      make(path.toAbsolutePath());
      FileChannel lock = OwnerOnly.open(path.resolve("lock"));
      if (isTaken(lock)) {
        lock.close();
        throw new SpoolException(
            "The spool in %s is in use by another edge; stop that one, or give this one its own"
                    .formatted(path)
                + " folder with edge.spool.directory");
      }
      return new SpoolDirectory(path, lock);
    } catch (IOException unusable) {
      throw new SpoolException(
          "The spool's folder %s cannot be used (%s); fix it, or choose another with"
                  .formatted(path, unusable)
              + " edge.spool.directory",
          unusable);
    }
  }

  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      // The lock is held until the channel is closed.
      return lock.tryLock() == null;
    } catch (OverlappingFileLockException takenByThisProcess) {
      return true;
    }
  }

  private static void make(Path path) throws IOException {
    Path parent = Objects.requireNonNull(path.getParent(), "the root folder cannot be the spool");
    boolean isNew = !Files.isDirectory(path);
    OwnerOnly.folder(path);
    if (isNew) {
      sync(parent);
    }
  }

  /** Makes a change of a folder durable; systems that do not support this do not need it. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      return;
    }
  }

  /** The folder of the log. */
  Path log() {
    return path.resolve("log");
  }

  /** Whether the log has data but lost its CURRENT file, so RocksDB would start a new one. */
  boolean logLacksItsBeginning() {
    return Files.isDirectory(log())
        && !Files.exists(log().resolve("CURRENT"))
        && names(log()).stream().anyMatch(name -> name.endsWith(".log") || name.endsWith(".sst"));
  }

  /** Moves the log away, to a name that marks it as not yet salvaged. */
  void moveLogAway(String suffix) {
    move(log(), path.resolve(DAMAGED + suffix));
  }

  /** The logs that were moved away and not yet salvaged. */
  List<Path> damaged() {
    return names(path).stream()
        .filter(name -> name.startsWith(DAMAGED))
        .sorted()
        .map(path::resolve)
        .toList();
  }

  /** Marks a damaged log as salvaged, and returns its new location. */
  Path quarantine(Path damaged) {
    String suffix = damaged.getFileName().toString().substring(DAMAGED.length());
    return move(damaged, path.resolve(QUARANTINE + suffix));
  }

  int quarantined() {
    return (int) names(path).stream().filter(name -> name.startsWith(QUARANTINE)).count();
  }

  /** The free bytes on its disk; 0 if they are unknown. */
  long usableBytes() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private Path move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      sync(path);
      return to;
    } catch (IOException failure) {
      throw new SpoolException(
          "The spool's folder %s could not be moved to %s (%s); check its permissions"
              .formatted(from, to, failure),
          failure);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException ending) {
      throw new UncheckedIOException(ending);
    }
  }
}
