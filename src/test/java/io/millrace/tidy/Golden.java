package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in the checkout that must equal what the code makes of them. */
public final class Golden {
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private Golden() {}

  /**
   * Fails when a file differs from what it should be; with {@code -Dgolden.write=true} writes the
   * file instead.
   *
   * @param path relative to the checkout
   */
  public static void check(String path, String expected) {
    Path file = Checkout.ROOT.resolve(path);
    if (WRITE) {
      write(file, expected);
    }
    assertThat(Files.exists(file) ? Checkout.read(file) : "")
        .as("%s is out of date; write it with: mvn test -Dgolden.write=true", path)
        .isEqualTo(expected);
  }

  /** Whether this run may write files instead of checking them. */
  static boolean writes() {
    return WRITE;
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
