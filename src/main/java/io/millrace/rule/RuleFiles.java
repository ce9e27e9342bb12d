package io.millrace.rule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rule files of a folder, and everything that is wrong with them. */
final class RuleFiles {
  private final Path directory;
  private final List<String> faults = new ArrayList<>();

  RuleFiles(Path directory) {
    this.directory = directory;
  }

  List<String> faults() {
    return faults;
  }

  boolean has(String name) {
    return Files.exists(directory.resolve(name));
  }

  /** What a file holds, and the keys it may have. */
  RuleFields file(String name, List<String> keys) {
    return RuleFile.open(directory, name, faults, keys);
  }

  void refuseRepeated(String file, String kind, Stream<String> names) {
    Set<String> seen = new HashSet<>();
    names
        .filter(name -> !seen.add(name))
        .forEach(name -> faults.add(file + ": " + kind + " '" + name + "' is declared twice"));
  }
}
