package io.millrace.flow.stage;

import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All declared lifecycles: topology/rules/lifecycles.yaml. */
public record Lifecycles(List<Lifecycle> all) {
  public static final String FILE = "lifecycles.yaml";

  public Lifecycles {
    all = List.copyOf(all);
  }

  /**
   * Reads the file in a folder.
   *
   * @throws InvalidFileException with every fault in it
   */
  public static Lifecycles load(Path directory) {
    return YamlFile.read(directory.resolve(FILE), LifecyclesReader::read);
  }

  /** The lifecycle of records of a type. */
  public Optional<Lifecycle> of(String recordType) {
    return all.stream().filter(each -> each.recordType().equals(recordType)).findFirst();
  }
}
