package io.millrace.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sources of the mix, as the files the edge and the flow read. */
public final class BenchSources {
  static final String SECRET_FILE = "bench.secret";

  private BenchSources() {}

  /**
   * Writes them.
   *
   * @param provider the catalogue entry that defines how they are verified
   * @param secret the secret that signs their deliveries; at least 16 characters
   * @return the folder
   */
  public static Path write(Path folder, String provider, String secret) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(SECRET_FILE), secret);
      for (int source = 1; source <= VolumeMix.SOURCES; source++) {
        String name = VolumeMix.SOURCE_PREFIX + source;
        Files.writeString(
            folder.resolve(name + ".yaml"),
            // The mix gives every record an id of its own, whichever source names it.
            """
            source: %s
            provider: %s
            system: mix
            secrets:
              - ref: file:%s
            """
                .formatted(name, provider, SECRET_FILE));
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write the sources to " + folder, failure);
    }
  }
}
