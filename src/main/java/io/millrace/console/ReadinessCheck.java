package io.millrace.console;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One thing that has to be well for the process to be ready. Asked often, so it answers at once.
 */
@FunctionalInterface
public interface ReadinessCheck {

  /** What is wrong and what to do; empty if nothing is. */
  Optional<String> trouble();

  /**
   * A check that knows yes and no.
   *
   * @param trouble what no means
   */
  static ReadinessCheck of(BooleanSupplier ready, String trouble) {
    return () -> ready.getAsBoolean() ? Optional.empty() : Optional.of(trouble);
  }
}
