package io.millrace.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for invalid configuration files; reports every fault on its own line. */
public final class InvalidFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** {@code faults} has at least one. */
  public InvalidFileException(List<Fault> faults) {
    super(
        faults.stream()
            .map(Fault::toString)
            .collect(Collectors.joining("\n", "The configuration cannot be used:\n", "")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
