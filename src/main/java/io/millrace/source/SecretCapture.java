package io.millrace.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * Where a secret is saved that a provider sends in its first, unsigned request.
 *
 * @param reference its reference in the source's file
 * @param until until when a source without a secret accepts it, exclusive: the first sender is
 *     trusted, so this is open only while an operator is connecting the provider
 */
public record SecretCapture(String reference, Path file, Instant until) {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Saves a secret durably: it is on disk when this returns.
   *
   * @throws FileAlreadyExistsException if there already is one; it is not changed
   * @throws IOException if it could not be saved
   */
  public void keep(String secret) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".part", OWNER_ONLY);
    try {
      write(unfinished, secret);
      // The file appears complete or not at all: half a secret would stop the source.
      Files.createLink(file, unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static void write(Path target, String secret) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel = FileChannel.open(target, Set.of(StandardOpenOption.WRITE))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
