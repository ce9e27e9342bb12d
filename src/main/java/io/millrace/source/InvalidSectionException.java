package io.millrace.source;

import java.util.List;

/** A part of a configuration file cannot be used; says everything that is wrong with it. */
public final class InvalidSectionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  InvalidSectionException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence per fault, each starting with the place: {@code events.at.unit is ...}. */
  public List<String> faults() {
    return faults;
  }
}
