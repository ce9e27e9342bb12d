package io.millrace.flow.usage;

import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.Settlement;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.signal.Silence;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the how-manieth of its kind an event is. What stands is a function of the set of events
 * alone: one that comes late corrects the counts of those after it.
 *
 * <p>That holds for every event that comes before the person's newest counted event is {@link
 * UsageRule.Times#remember} ahead of it, and while no more than {@value Settlement#MAX_MARKS}
 * events are remembered. What is older is settled: its count stands, and an event that comes later
 * still is not counted. All of it is settled once nothing of the person has arrived for {@link
 * UsageRule.Times#forgottenAfter}.
 */
public final class UsageCounter {
  private final UsageRule.Times rule;

  public UsageCounter(UsageRule.Times rule) {
    this.rule = rule;
  }

  /**
   * What one more event changes; nothing when it does not count for the rule, is known or comes too
   * late.
   */
  public Optional<UsageOutcome> add(UsageHistory history, String person, Engagement engagement) {
    Mark mark = Mark.of(engagement);
    Optional<Instant> settled = history.memory().flatMap(UsageMemory::getSettledUntil);
    if (!counts(rule, engagement)
        || settled.filter(mark.occurredAt()::isBefore).isPresent()
        || history.marks().knows(mark.eventId())) {
      return Optional.empty();
    }
    Timeline.Row<Long> added = new Timeline.Row<>(mark, count(history.marks(), mark));
    List<Timeline.Row<Long>> counted = counted(history.marks(), mark);
    Settlement.Before before =
        new Settlement.Before(
            settled,
            history.memory().flatMap(UsageMemory::getHeldSince),
            history.memory().map(UsageMemory::getHeld).orElse(0));
    Settlement settlement =
        Settlement.with(rule.reach(), history.marks(), mark, before, Mark.EARLIEST.occurredAt());
    UsageMemory memory =
        UsageMemory.newBuilder()
            .setSettledUntil(settlement.until())
            .setHeld(before.held() + 1 - settlement.forgotten().size())
            .setHeldSince(settlement.heldSince())
            .setHeardAt(
                Silence.heard(history.memory().flatMap(UsageMemory::getHeardAt), engagement))
            .build();
    List<UsageCount> announced = new ArrayList<>();
    announced.add(said(person, added, SignalDetector.DETECTED));
    counted.forEach(row -> announced.add(said(person, row, SignalDetector.CORRECTED)));
    return Optional.of(
        new UsageOutcome(memory, Optional.of(added), counted, settlement.forgotten(), announced));
  }

  static boolean counts(UsageRule rule, Engagement engagement) {
    Instant latest = engagement.event().getReceivedAt().plus(Silence.CLOCK_TOLERANCE);
    return rule.counts(engagement.activities())
        && !engagement.event().getOccurredAt().isAfter(latest);
  }

  private long count(Marks marks, Mark mark) {
    Instant since = rule.reach().since(mark.occurredAt());
    return 1L + marks.before(mark, since, rule.upTo() - 1).size();
  }

  /**
   * Those after it that have it among theirs: beyond so many more, one more makes no difference.
   */
  private List<Timeline.Row<Long>> counted(Marks marks, Mark mark) {
    Instant last = mark.occurredAt().plus(rule.within());
    return marks.after(mark, rule.upTo() - 1).stream()
        .filter(row -> !row.mark().occurredAt().isAfter(last) && row.value() < rule.upTo())
        .map(row -> new Timeline.Row<>(row.mark(), row.value() + 1))
        .toList();
  }

  private UsageCount said(String person, Timeline.Row<Long> row, String status) {
    return UsageCount.newBuilder()
        .setUsageId(person + "|" + rule.name() + "|" + row.mark().eventId())
        .setUsage(rule.name())
        .setPerson(person)
        .setStatus(status)
        .setEventId(row.mark().eventId())
        .setOccurredAt(row.mark().occurredAt())
        .setCount(row.value())
        .setDescription(rule.description())
        .build();
  }
}
