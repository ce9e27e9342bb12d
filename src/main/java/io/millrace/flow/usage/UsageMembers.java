package io.millrace.flow.usage;

import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.event.UsagePart;
import io.millrace.flow.signal.Cutoff;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the events of an identifier out of a person's usage within a time span, and adds those of
 * one that joins. While nothing is settled, a person's counts are those of {@link UsageCounter} for
 * the events of the identifiers that belong to the person, in whatever order they arrived, joined
 * and left.
 *
 * <p>A settled count stays as it was announced, here and there. What is settled of an identifier
 * settles the person that it joins, up to the same time. An event that is older than what is
 * settled there is counted among the identifier's own events, once and for all.
 */
public final class UsageMembers {
  private final UsageRule.Times rule;

  public UsageMembers(UsageRule.Times rule) {
    this.rule = rule;
  }

  /** Takes the events of an identifier out; empty if none is remembered. */
  public Optional<UsageParting> depart(UsageHistory history, String person, String identifier) {
    String own = Mark.relative(identifier, person);
    List<Timeline.Row<Long>> before = history.allMarks();
    List<Timeline.Row<Long>> theirs =
        before.stream().filter(row -> row.mark().identifier().equals(own)).toList();
    if (theirs.isEmpty()) {
      return Optional.empty();
    }
    UsageMemory memory = history.memory().orElseThrow();
    Instant settledUntil = memory.getSettledUntil().orElseThrow();
    List<Mark> rest =
        before.stream()
            .map(Timeline.Row::mark)
            .filter(mark -> !mark.identifier().equals(own))
            .toList();
    List<UsageCount> announced = new ArrayList<>();
    theirs.stream()
        .filter(row -> !row.mark().occurredAt().isBefore(settledUntil))
        .forEach(row -> announced.add(count(person, row, UsageCounter.RETRACTED)));
    UsageOutcome outcome =
        outcome(person, before, rest, settledUntil, memory.getHeardAt(), announced);
    UsagePart part =
        UsagePart.newBuilder()
            .setRule(rule.name())
            .setMarks(theirs.stream().map(row -> row.mark().by("").toActivityMark()).toList())
            .setSettledUntil(settledUntil)
            .setHeardAt(memory.getHeardAt().orElse(null))
            .build();
    return Optional.of(new UsageParting(outcome, part));
  }

  /** Adds the events of an identifier; empty if there is nothing to add. */
  public Optional<UsageOutcome> join(
      UsageHistory history, String person, String identifier, UsagePart part) {
    String own = Mark.relative(identifier, person);
    List<Mark> brought =
        part.getMarks().stream()
            .map(mark -> Mark.of(mark).by(own))
            .filter(mark -> !history.marks().knows(mark))
            .toList();
    if (brought.isEmpty()) {
      return Optional.empty();
    }
    List<Timeline.Row<Long>> before = history.allMarks();
    List<Mark> after =
        Stream.concat(before.stream().map(Timeline.Row::mark), brought.stream()).sorted().toList();
    Instant theirs = part.getSettledUntil().orElse(Mark.EARLIEST.occurredAt());
    Instant start = Cutoff.later(theirs, history.settledUntil().orElse(Mark.EARLIEST.occurredAt()));
    List<UsageCount> announced = new ArrayList<>();
    counted(brought).stream()
        .filter(row -> !row.mark().occurredAt().isBefore(theirs))
        .filter(row -> row.mark().occurredAt().isBefore(start))
        .forEach(row -> announced.add(count(person, row, SignalDetector.DETECTED)));
    Optional<Instant> heardAt =
        Stream.of(history.memory().flatMap(UsageMemory::getHeardAt), part.getHeardAt())
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return Optional.of(outcome(person, before, after, start, heardAt, announced));
  }

  /**
   * Counts a person's events again, from a moment on.
   *
   * @param before the marks until now, with their counts
   * @param after the marks from now on, in order
   * @param announced what is announced anyway
   */
  private UsageOutcome outcome(
      String person,
      List<Timeline.Row<Long>> before,
      List<Mark> after,
      Instant start,
      Optional<Instant> heardAt,
      List<UsageCount> announced) {
    List<Mark> usable = without(after, Cutoff.at(rule.lookBack(), after, start).forgotten());
    Cutoff cutoff = Cutoff.of(rule.lookBack(), usable, start);
    List<Mark> kept = without(usable, cutoff.forgotten());
    List<Timeline.Row<Long>> counted = counted(usable);
    List<Timeline.Row<Long>> added = added(before, counted);
    List<Timeline.Row<Long>> changed = changed(before, counted, start);
    added.stream()
        .filter(row -> !row.mark().occurredAt().isBefore(start))
        .forEach(row -> announced.add(count(person, row, SignalDetector.DETECTED)));
    changed.forEach(row -> announced.add(count(person, row, SignalDetector.CORRECTED)));
    UsageMemory memory =
        UsageMemory.newBuilder()
            .setSettledUntil(cutoff.until())
            .setHeld(kept.size())
            .setHeldSince(cutoff.heldSince())
            .setHeardAt(heardAt.orElse(null))
            .build();
    Set<Mark> stays = new HashSet<>(kept);
    return new UsageOutcome(
        memory,
        added.stream().filter(row -> stays.contains(row.mark())).toList(),
        changed.stream().filter(row -> stays.contains(row.mark())).toList(),
        before.stream().map(Timeline.Row::mark).filter(mark -> !stays.contains(mark)).toList(),
        Map.of(),
        announced);
  }

  private static List<Timeline.Row<Long>> added(
      List<Timeline.Row<Long>> before, List<Timeline.Row<Long>> counted) {
    Set<Mark> known = before.stream().map(Timeline.Row::mark).collect(Collectors.toSet());
    return counted.stream().filter(row -> !known.contains(row.mark())).toList();
  }

  /** The marks that have another count now, from a moment on. */
  private static List<Timeline.Row<Long>> changed(
      List<Timeline.Row<Long>> before, List<Timeline.Row<Long>> counted, Instant start) {
    Map<Mark, Long> earlier =
        before.stream().collect(Collectors.toMap(Timeline.Row::mark, Timeline.Row::value));
    return counted.stream()
        .filter(row -> !row.mark().occurredAt().isBefore(start))
        .filter(row -> !row.value().equals(earlier.getOrDefault(row.mark(), row.value())))
        .toList();
  }

  /** Each mark's occurrence number among these marks, which are in order. */
  private List<Timeline.Row<Long>> counted(List<Mark> marks) {
    List<Timeline.Row<Long>> counted = new ArrayList<>();
    int first = 0;
    for (int last = 0; last < marks.size(); last++) {
      Mark mark = marks.get(last);
      Instant since = rule.lookBack().since(mark.occurredAt());
      while (marks.get(first).occurredAt().isBefore(since)) {
        first++;
      }
      counted.add(new Timeline.Row<>(mark, Math.min(last - first + 1L, rule.upTo())));
    }
    return counted;
  }

  private UsageCount count(String person, Timeline.Row<Long> row, String status) {
    return UsageCounter.usageCount(rule, person, row, status);
  }

  private static List<Mark> without(List<Mark> marks, List<Mark> others) {
    Set<Mark> removed = new HashSet<>(others);
    return marks.stream().filter(mark -> !removed.contains(mark)).toList();
  }
}
