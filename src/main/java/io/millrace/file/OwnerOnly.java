package io.millrace.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Creates files and folders that no other user of the machine can read, whatever the umask is.
 * Where the file system has no such permissions, its own rules apply.
 */
public final class OwnerOnly {
  private static final boolean IS_POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /**
   * Creates a folder with its parents if it is missing, and takes all others' permissions away from
   * an existing one.
   *
   * @throws IOException if it cannot be created, or belongs to another user
   */
  public static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    return folder;
  }

  /**
   * Writes a new file.
   *
   * @throws FileAlreadyExistsException if there already is one; it is not changed
   */
  public static void create(Path file, byte[] content) throws IOException {
    Files.createFile(file, permissions("rw-------"));
    Files.write(file, content, StandardOpenOption.WRITE);
  }

  /** Writes a file, or replaces it: whoever reads it finds all of the old content or of the new. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Path aside =
        Files.createTempFile(folder, "." + file.getFileName(), ".part", permissions("rw-------"));
    try {
      Files.write(aside, content);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** Opens a file for writing, and creates it if it is missing. */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        permissions("rw-------"));
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return IS_POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
