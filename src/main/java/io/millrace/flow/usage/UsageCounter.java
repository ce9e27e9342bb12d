package io.millrace.flow.usage;

import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.Cutoff;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.signal.Silence;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines an event's occurrence number. The final counts are a function of the set of events
 * alone: a late event corrects the counts of those after it.
 *
 * <p>This holds for every event that arrives before the person's newest counted event is {@link
 * UsageRule.Times#remember} ahead of it, and while no more than {@value Cutoff#MAX_MARKS} events
 * are remembered. Older counts are settled: they are final, and an event that arrives even later is
 * not counted. Everything is settled once no event of the person has arrived for {@link
 * UsageRule.Times#forgottenAfter}.
 */
public final class UsageCounter {
  /** Status of a count whose event belongs to another person now. */
  static final String RETRACTED = SignalDetector.RETRACTED;

  private final UsageRule.Times rule;

  public UsageCounter(UsageRule.Times rule) {
    this.rule = rule;
  }

  /** Adds an event; empty when it does not count for the rule, is already known or is too late. */
  public Optional<UsageOutcome> add(UsageHistory history, String person, Engagement engagement) {
    Mark mark = Mark.of(engagement, person);
    Optional<Instant> settled = history.settledUntil();
    if (!counts(rule, engagement)
        || settled.filter(mark.occurredAt()::isBefore).isPresent()
        || history.marks().knows(mark)) {
      return Optional.empty();
    }
    Timeline.Row<Long> added = new Timeline.Row<>(mark, count(history.marks(), mark));
    List<Timeline.Row<Long>> counted = counted(history.marks(), mark);
    Cutoff.Before before = history.before();
    Cutoff cutoff =
        Cutoff.with(rule.lookBack(), history.marks(), mark, before, Mark.EARLIEST.occurredAt());
    UsageMemory memory =
        UsageMemory.newBuilder()
            .setSettledUntil(cutoff.until())
            .setHeld(before.held() + 1 - cutoff.forgotten().size())
            .setHeldSince(cutoff.heldSince())
            .setHeardAt(
                Silence.heard(history.memory().flatMap(UsageMemory::getHeardAt), engagement))
            .build();
    List<UsageCount> announced = new ArrayList<>();
    announced.add(usageCount(rule, person, added, SignalDetector.DETECTED));
    counted.forEach(row -> announced.add(usageCount(rule, person, row, SignalDetector.CORRECTED)));
    return Optional.of(
        new UsageOutcome(memory, List.of(added), counted, cutoff.forgotten(), Map.of(), announced));
  }

  static boolean counts(UsageRule rule, Engagement engagement) {
    Instant latest = engagement.event().getReceivedAt().plus(Silence.CLOCK_TOLERANCE);
    return rule.counts(engagement.activities())
        && !engagement.event().getOccurredAt().isAfter(latest);
  }

  private long count(Marks marks, Mark mark) {
    Instant since = rule.lookBack().since(mark.occurredAt());
    return 1L + marks.before(mark, since, rule.upTo() - 1).size();
  }

  /**
   * The later marks whose count includes this one; beyond the maximum count, one more makes no
   * difference.
   */
  private List<Timeline.Row<Long>> counted(Marks marks, Mark mark) {
    Instant last = mark.occurredAt().plus(rule.within());
    return marks.after(mark, rule.upTo() - 1).stream()
        .filter(row -> !row.mark().occurredAt().isAfter(last) && row.value() < rule.upTo())
        .map(row -> new Timeline.Row<>(row.mark(), row.value() + 1))
        .toList();
  }

  static UsageCount usageCount(
      UsageRule.Times rule, String person, Timeline.Row<Long> row, String status) {
    // A sender may use one id for events of two people, and these may turn out to be one.
    String identifier = row.mark().identifier().isEmpty() ? "" : "|" + row.mark().identifier();
    return UsageCount.newBuilder()
        .setUsageId(person + "|" + rule.name() + "|" + row.mark().eventId() + identifier)
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
