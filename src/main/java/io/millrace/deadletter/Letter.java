package io.millrace.deadletter;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import java.util.Optional;
import java.util.Set;

/**
 * A dead letter and what has become of it since.
 *
 * @param letter as its last failure left it
 * @param settled the topic a replay of it ended in; empty while it is open
 */
public record Letter(DeadLetter letter, Optional<String> settled) {
  /** What these steps fail on has been admitted before: delivering it again would double it. */
  private static final Set<String> AFTER_ADMISSION =
      Set.of("batch-engagement", "detect-signals", "score-leads");

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
    if (AFTER_ADMISSION.contains(lastAttempt().getStage())) {
      return Optional.of(
          "Its event was delivered; only "
              + lastAttempt().getStage()
              + " failed. A replay would deliver it twice.");
    }
    return Optional.empty();
  }
}
