package io.millrace.bench.stack;

import io.millrace.file.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory for all data, locked by one process at a time. Only its owner can enter it: it
 * holds passwords and, in topics and tables, personal data.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks the directory, and creates it if it is missing.
   *
   * @throws StackException when another process has locked it, or another user owns it
   */
  static DataDirectory take(Path path) {
    try {
      OwnerOnly.folder(path);
      requireOwn(path);
      FileChannel channel = OwnerOnly.open(path.resolve("lock"));
      if (!tryLock(channel)) {
        channel.close();
        throw new StackException(
            ("another Millrace is running on %s: stop it, or choose another directory with --data"
                    + " DIR")
                .formatted(path));
      }
      return new DataDirectory(path, channel);
    } catch (IOException failure) {
      throw new StackException(
          "the data directory %s cannot be used (%s): choose another with --data DIR"
              .formatted(path, failure.getMessage()),
          failure);
    }
  }

  /** PostgreSQL runs without the privileges of root, and must own the way to its data. */
  private static void requireOwn(Path path) throws IOException {
    Path probe = Files.createTempFile(path, "owner", ".tmp");
    try {
      if (!Files.getOwner(path).equals(Files.getOwner(probe))) {
        throw new StackException(
            ("the data directory %s belongs to %s, but this process runs as %s: start it as %2$s,"
                    + " or choose another directory with --data DIR")
                .formatted(path, Files.getOwner(path).getName(), Files.getOwner(probe).getName()));
      }
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  /** A directory for one part; created when missing. */
  Path part(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException failure) {
      throw new StackException(
          "%s cannot be created: %s".formatted(path.resolve(name), failure.getMessage()), failure);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Closing the channel releases the lock; so does the end of the process, for any reason. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
