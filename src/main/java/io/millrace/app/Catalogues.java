package io.millrace.app;

import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads the catalogue for a command. */
public final class Catalogues {
  private Catalogues() {}

  /**
   * The bundled entries, and those of an additional folder.
   *
   * @throws CommandException lists every fault in the folder's files
   */
  public static Catalogue load(Optional<Path> directory) {
    try {
      return directory.map(Catalogue::with).orElseGet(Catalogue::bundled);
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /**
   * An entry by name, alias or variant.
   *
   * @throws CommandException suggests the most similar names
   */
  public static Provider find(Catalogue catalogue, String name) {
    return catalogue
        .find(name)
        .orElseThrow(
            () -> {
              List<String> near = catalogue.near(name);
              return CommandException.usage(
                  "The provider "
                      + name
                      + " is not in the catalogue; "
                      + (near.isEmpty()
                          ? "see `millrace sources list` for the names"
                          : "did you mean " + String.join(" or ", near) + "?"));
            });
  }
}
