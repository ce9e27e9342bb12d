package io.millrace.deadletter;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.flow.Admission;
import java.util.Optional;

/**
 * A dead letter and what has become of it since.
 *
 * @param letter as its last failure left it
 * @param settled the topic a replay of it ended in; empty while it is open
 */
public record Letter(DeadLetter letter, Optional<String> settled) {
  public String id() {
    return letter.getDeadLetterId();
  }

  public boolean isOpen() {
    return settled.isEmpty();
  }

  /** The last try. */
  public Attempt lastAttempt() {
    return letter.getAttempts().getLast();
  }

  /** Why it cannot be replayed; empty if it can. */
  public Optional<String> obstacle() {
    if (settled.isPresent()) {
      return Optional.of("It was replayed before and is in " + settled.get() + ".");
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
