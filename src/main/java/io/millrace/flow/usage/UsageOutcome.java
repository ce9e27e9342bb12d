package io.millrace.flow.usage;

import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Timeline;
import java.util.List;
import java.util.Optional;

/**
 * What an event changed in one usage of one person.
 *
 * @param memory what to remember from now on
 * @param added the event's own mark, where marks are kept, with its count
 * @param counted marks whose count has changed
 * @param forgotten marks that are no longer needed
 * @param announced the counts to announce, the event's own first
 */
public record UsageOutcome(
    UsageMemory memory,
    Optional<Timeline.Row<Long>> added,
    List<Timeline.Row<Long>> counted,
    List<Mark> forgotten,
    List<UsageCount> announced) {
  public UsageOutcome {
    counted = List.copyOf(counted);
    forgotten = List.copyOf(forgotten);
    announced = List.copyOf(announced);
  }
}
