package io.millrace.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file or in several, so that everything is said at once. */
public final class Faults {
  private final List<Fault> found = new ArrayList<>();

  /** Adds one; what is said twice counts once. */
  public void add(Fault fault) {
    found.add(fault);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Each once, by file and line. */
  public List<Fault> all() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
        .toList();
  }

  /**
   * Ends the reading of files that are not sound.
   *
   * @throws InvalidFileException with every fault, if there is any
   */
  public void refuse() {
    if (!isEmpty()) {
      throw new InvalidFileException(all());
    }
  }
}
