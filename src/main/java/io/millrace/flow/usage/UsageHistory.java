package io.millrace.flow.usage;

import io.millrace.event.UsageMemory;
import io.millrace.flow.signal.Cutoff;
import io.millrace.flow.timeline.Marks;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a usage rule remembers of one person.
 *
 * @param memory empty at the beginning
 * @param marks the events that count, each with its occurrence number
 * @param others further events of a rule with steps
 */
public record UsageHistory(Optional<UsageMemory> memory, Marks marks, OtherFirsts others) {
  /** More than are ever kept. */
  private static final int MOST_MARKS = 2 * Cutoff.MAX_MARKS;

  Optional<Instant> settledUntil() {
    return memory.flatMap(UsageMemory::getSettledUntil);
  }

  Cutoff.Before before() {
    return new Cutoff.Before(
        settledUntil(),
        memory.flatMap(UsageMemory::getHeldSince),
        memory.map(UsageMemory::getHeld).orElse(0));
  }

  /** Every mark, in order. */
  List<Timeline.Row<Long>> allMarks() {
    return before().held() == 0 ? List.of() : marks.after(before().oldest(), MOST_MARKS);
  }
}
