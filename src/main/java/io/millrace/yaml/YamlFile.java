package io.millrace.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens a YAML file and passes its mapping to a reader. Keys that the reader never asked for are
 * faults. After a fault the reader's result is not used.
 */
public final class YamlFile {
  private YamlFile() {}

  /**
   * Reads one file.
   *
   * @throws InvalidFileException with every fault of it
   */
  public static <T> T read(Path file, Function<Section, T> reader) {
    Faults faults = new Faults();
    return sound(read(file, faults, reader), faults);
  }

  /**
   * Reads the text of one file.
   *
   * @throws InvalidFileException with every fault of it
   */
  public static <T> T read(String file, String text, Function<Section, T> reader) {
    Faults faults = new Faults();
    return sound(read(file, text, faults, reader), faults);
  }

  private static <T> T sound(Optional<T> value, Faults faults) {
    faults.refuse();
    return value.orElseThrow();
  }

  /** Reads one of several files; empty when there is no mapping in it. */
  public static <T> Optional<T> read(Path file, Faults faults, Function<Section, T> reader) {
    try {
      // A file with too many characters is refused after reading.
      if (Files.size(file) <= 4L * NodeReader.LONGEST) {
        return read(file.toString(), Files.readString(file), faults, reader);
      }
      faults.add(
          new Fault(file.toString(), "it is too large for a configuration file", "split it"));
    } catch (IOException unreadable) {
      faults.add(
          new Fault(
              file.toString(),
              "it cannot be read",
              "create it, and check that it is UTF-8 text and that its permissions allow it"));
    }
    return Optional.empty();
  }

  /** Reads the text of one of several files; empty when there is no mapping in it. */
  public static <T> Optional<T> read(
      String file, String text, Faults faults, Function<Section, T> reader) {
    return new NodeReader(file, faults)
        .read(text)
        .map(
            mapping -> {
              Section section = new Section(mapping, file, faults);
              T value = reader.apply(section);
              section.close();
              return value;
            });
  }
}
