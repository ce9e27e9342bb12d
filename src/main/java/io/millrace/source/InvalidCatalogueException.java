package io.millrace.source;

import java.util.List;
import java.util.stream.Collectors;

/** No provider is known unless every entry is sound: says everything that is wrong, a line each. */
public final class InvalidCatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  InvalidCatalogueException(List<Fault> faults) {
    super(
        faults.stream()
            .map(Fault::toString)
            .collect(Collectors.joining("\n", "The provider catalogue cannot be used:\n", "")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
