package io.millrace.edge.testing;

import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a source out of a text, every secret of the environment being {@code value of NAME}. */
public final class OneSource {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  private OneSource() {}

  public static Source of(Path folder, String name, String rest) {
    return all(folder, name, rest).find(name).orElseThrow();
  }

  public static Sources all(Path folder, String name, String rest) {
    try {
      Files.writeString(folder.resolve(name + ".yaml"), "source: " + name + "\n" + rest);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return Sources.load(folder, CATALOGUE, variable -> Optional.of("value of " + variable));
  }
}
