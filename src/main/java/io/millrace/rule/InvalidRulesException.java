package io.millrace.rule;

import java.util.List;

/**
 * Nothing runs on rules that are not sound: says everything that is wrong with them, a line each.
 */
public final class InvalidRulesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /**
   * @param faults each with its file and place
   */
  public InvalidRulesException(List<String> faults) {
    super("The rules cannot be used:\n" + String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each with its file and place: {@code signals.yaml: signals[0].count: must be ...}. */
  public List<String> faults() {
    return faults;
  }
}
