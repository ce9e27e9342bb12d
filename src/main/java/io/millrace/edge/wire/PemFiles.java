package io.millrace.edge.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The contents of the edge's PEM files; equal as long as none has changed. */
record PemFiles(String certificate, String key, Optional<String> clientCa) {

  /**
   * Reads the files.
   *
   * @throws InvalidTlsException naming the file that cannot be read
   */
  static PemFiles read(TlsSettings settings) {
    return new PemFiles(
        text("edge.tls.certificate", settings.certificate()),
        text("edge.tls.key", settings.key()),
        settings.clientCa().map(file -> text("edge.tls.client.ca", file)));
  }

  private static String text(String setting, Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new InvalidTlsException(
          "%s: the file %s does not exist; check the path".formatted(setting, file), missing);
    } catch (IOException unreadable) {
      throw new InvalidTlsException(
          "%s: the file %s cannot be read (%s); check its permissions, and that it is a PEM file"
              .formatted(setting, file, unreadable),
          unreadable);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "PemFiles[certificate=%s]".formatted(certificate);
  }
}
