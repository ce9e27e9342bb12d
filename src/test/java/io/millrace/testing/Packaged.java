package io.millrace.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The product as the build packages it; its manifest names the libraries beside it. */
public final class Packaged {
  public static final Path JAR = jar();

  public static final Path LIBRARIES = JAR.resolveSibling("lib");

  private Packaged() {}

  private static Path jar() {
    Path jar = Path.of("target", "millrace.jar").toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          jar + " is missing; run mvn package, or mvn verify, which packages first");
    }
    return jar;
  }
}
