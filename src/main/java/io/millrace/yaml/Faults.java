package io.millrace.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the faults of one or several files, so that all of them are reported at once. */
public final class Faults {
  private final List<Fault> found = new ArrayList<>();

  /** Adds a fault; repeated faults are reported once. */
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
   * Stops if there are faults.
   *
   * @throws InvalidFileException with every fault, if there is any
   */
  public void refuse() {
    if (!isEmpty()) {
      throw new InvalidFileException(all());
    }
  }
}
