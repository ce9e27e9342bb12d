package io.millrace.console;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One check that must pass for the process to be ready. Called often, so it must be fast. */
@FunctionalInterface
public interface ReadinessCheck {

  /** The problem and what to do; empty if the check passes. */
  Optional<String> trouble();

  /**
   * Makes a check of a condition.
   *
   * @param trouble the problem if the condition is false
   */
  static ReadinessCheck of(BooleanSupplier ready, String trouble) {
    return () -> ready.getAsBoolean() ? Optional.empty() : Optional.of(trouble);
  }
}
