package io.millrace.flow.expression;

import java.util.List;

/** An expression of a rule that cannot be used: says everything that is wrong with it. */
public final class InvalidExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  InvalidExpressionException(List<String> faults) {
    super(String.join(", and ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each with its place in the expression and CEL's own words. */
  public List<String> faults() {
    return faults;
  }
}
