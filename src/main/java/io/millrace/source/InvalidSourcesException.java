package io.millrace.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Nothing is connected unless every source is sound: says everything that is wrong, a line each.
 */
public final class InvalidSourcesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  InvalidSourcesException(List<Fault> faults) {
    super(
        faults.stream()
            .map(Fault::toString)
            .collect(Collectors.joining("\n", "The sources cannot be used:\n", "")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
