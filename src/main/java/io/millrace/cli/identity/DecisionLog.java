package io.millrace.cli.identity;

import io.millrace.event.IdentityDecision;
import java.util.function.BooleanSupplier;

/** Where decisions are written. */
interface DecisionLog {

  /**
   * Writes a decision, and returns once every in-sync replica has it.
   *
   * @return whether the flow has decided by it yet
   * @throws org.apache.kafka.common.KafkaException when it was not written
   */
  BooleanSupplier write(IdentityDecision decision);
}
