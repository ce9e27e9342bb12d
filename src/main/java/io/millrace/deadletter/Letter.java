package io.millrace.deadletter;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.flow.Admission;
import java.util.Optional;

/**
 * A dead letter and its current status.
 *
 * @param letter as of its last failure
 * @param settled the topic in which its replay ended; empty while it is open
 */
public record Letter(DeadLetter letter, Optional<String> settled) {
  public String id() {
    return letter.getDeadLetterId();
  }

  public boolean isOpen() {
    return settled.isEmpty();
  }

  public Attempt lastAttempt() {
    return letter.getAttempts().getLast();
  }

  /** Why it cannot be replayed; empty if it can. */
  public Optional<String> obstacle() {
    if (settled.isPresent()) {
      return Optional.of(
          "Its event, or a part of its delivery, is in " + settled.get() + " already.");
    }
    if (Admission.precedes(lastAttempt().getStage())) {
      return Optional.of(
          "Its event was delivered; only "
              + lastAttempt().getStage()
              + " failed. A replay would deliver it twice.");
    }
    return Optional.empty();
  }
}
