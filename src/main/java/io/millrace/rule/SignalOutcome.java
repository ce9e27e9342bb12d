package io.millrace.rule;

import io.millrace.event.SignalMemory;
import java.util.List;

/**
 * What an event changed in one signal of one person.
 *
 * @param memory what to remember from now on
 * @param changes what to announce: retractions first; mostly nothing
 */
public record SignalOutcome(SignalMemory memory, List<SignalChange> changes) {
  public SignalOutcome {
    changes = List.copyOf(changes);
  }
}
