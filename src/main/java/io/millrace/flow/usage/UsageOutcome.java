package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Timeline;
import java.util.List;
import java.util.Map;

/**
 * What an event, or an identifier that joined or left, changed in one usage of one person.
 *
 * @param memory what to remember from now on
 * @param added new marks, where marks are kept, with their counts
 * @param counted marks whose count has changed
 * @param forgotten marks that are no longer needed
 * @param otherFirsts the changed further rows of a rule with steps, by identifier as in a {@link
 *     Mark}: the first event of each step that is not the first of the person; empty to remove one
 * @param announced the counts to announce; an event's own comes first
 */
public record UsageOutcome(
    UsageMemory memory,
    List<Timeline.Row<Long>> added,
    List<Timeline.Row<Long>> counted,
    List<Mark> forgotten,
    Map<String, Map<String, ActivityMark>> otherFirsts,
    List<UsageCount> announced) {
  public UsageOutcome {
    added = List.copyOf(added);
    counted = List.copyOf(counted);
    forgotten = List.copyOf(forgotten);
    otherFirsts = Map.copyOf(otherFirsts);
    announced = List.copyOf(announced);
  }
}
