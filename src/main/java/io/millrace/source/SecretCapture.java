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
 * Where the secret goes that a provider brings with its first, unsigned request.
 *
 * @param reference how the source's file names it
 * @param until how long a source that has no secret waits for it, exclusive: whoever comes first is
 *     believed, so the door stands open only while somebody is connecting the provider
 */
public record SecretCapture(String reference, Path file, Instant until) {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Keeps a secret for good: it is on the disk when this returns.
   *
   * @throws FileAlreadyExistsException if there is one already; it stays as it is
   * @throws IOException if it could not be kept
   */
  public void keep(String secret) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".part", OWNER_ONLY);
    try {
      write(unfinished, secret);
      // Under its own name it is whole or not there: a half secret would stop the source.
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
