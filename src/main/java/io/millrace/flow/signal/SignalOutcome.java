package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.timeline.Mark;
import java.util.List;

/**
 * What an event, or an identifier that joined or left, changed in one signal of one person.
 *
 * @param memory what to remember from now on
 * @param added new marks
 * @param forgotten marks that are no longer needed
 * @param changes what to announce, retractions first; usually empty
 * @param settled signals that are final from now on
 */
public record SignalOutcome(
    SignalMemory memory,
    List<Mark> added,
    List<Mark> forgotten,
    List<SignalChange> changes,
    List<Signal> settled) {
  public SignalOutcome {
    added = List.copyOf(added);
    forgotten = List.copyOf(forgotten);
    changes = List.copyOf(changes);
    settled = List.copyOf(settled);
  }
}
