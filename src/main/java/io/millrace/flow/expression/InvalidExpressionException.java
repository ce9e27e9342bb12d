package io.millrace.flow.expression;

import java.util.List;

/** An invalid expression of a rule, with all its faults. */
public final class InvalidExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  InvalidExpressionException(List<String> faults) {
    super(String.join(", and ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each with its position in the expression and CEL's message. */
  public List<String> faults() {
    return faults;
  }
}
