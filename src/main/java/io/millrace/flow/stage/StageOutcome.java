package io.millrace.flow.stage;

import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import java.util.List;

/**
 * What an event changed in a record's lifecycle.
 *
 * @param history what to remember from now on
 * @param changes what to announce: retractions first
 */
public record StageOutcome(StageHistory history, List<StageChange> changes) {
  public StageOutcome {
    changes = List.copyOf(changes);
  }
}
