package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.MarkList;
import io.millrace.flow.timeline.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a pattern from a mark on, until it rejoins the previous scan: from there on all results
 * are unchanged. So the cost of an event depends on what it changes, not on what is remembered.
 *
 * <p>The scan goes from left to right: the pattern restarts after each detection, and none is
 * completed during the cooldown of the one before.
 */
final class SignalScan {
  private static final int CHUNK = 16;

  private final SignalRule rule;
  private final String person;
  private final Marks marks;
  private final Mark added;
  private final boolean toTheEnd;

  /** Earlier detections that are still ahead of the scan. */
  private final Deque<Signal> ahead;

  private final List<Signal> earlier = new ArrayList<>();
  private final List<Signal> found = new ArrayList<>();
  private final Deque<Mark> read = new ArrayDeque<>();

  /** The latest marks since the last detection, at most as many as the pattern needs. */
  private final Deque<Mark> latest = new ArrayDeque<>();

  private NumberedMark lastEarlier;
  private NumberedMark lastFound;

  /** Where this scan and the previous one last differed. */
  private Mark parted;

  private Mark position;
  private boolean isAddedAhead;

  /**
   * @param added a mark that is not among the others yet
   * @param last the mark that completed the last signal before the start
   * @param ahead the current signals after the start
   * @param toTheEnd whether to scan to the end, even after rejoining the previous scan
   */
  SignalScan(
      SignalRule rule,
      String person,
      Marks marks,
      Mark added,
      NumberedMark last,
      List<Signal> ahead,
      boolean toTheEnd) {
    this.rule = rule;
    this.person = person;
    this.marks = marks;
    this.added = added;
    this.toTheEnd = toTheEnd;
    this.ahead = new ArrayDeque<>(ahead);
    lastEarlier = last;
    lastFound = last;
    parted = added;
    position = toTheEnd ? last.mark() : added;
    isAddedAhead = true;
  }

  /** All signals of a person's marks that are completed after the last one. */
  static List<Signal> ofAll(SignalRule rule, String person, List<Mark> marks, NumberedMark last) {
    MarkList timeline = new MarkList();
    marks.forEach(mark -> timeline.add(mark, 0));
    SignalScan scan = new SignalScan(rule, person, timeline, Mark.EARLIEST, last, List.of(), true);
    scan.isAddedAhead = false;
    scan.changes();
    return List.copyOf(scan.found);
  }

  /** The changes of the detected signals. */
  List<SignalChange> changes() {
    lookBack();
    leapAfter(position);
    boolean met = false;
    for (Optional<Mark> mark = next(); mark.isPresent() && !met; mark = next()) {
      met = see(mark.get());
    }
    if (met && lastFound.number() != lastEarlier.number()) {
      long shift = lastFound.number() - lastEarlier.number();
      ahead.forEach(signal -> found.add(numbered(signal, SignalDetector.number(signal) + shift)));
    }
    if (!met || lastFound.number() != lastEarlier.number()) {
      earlier.addAll(ahead);
    }
    return SignalChange.between(earlier, found);
  }

  /** Takes in a mark; returns whether all results from here on are unchanged. */
  private boolean see(Mark mark) {
    passEarlierBefore(mark);
    latest.addLast(mark);
    if (latest.size() > rule.count()) {
      latest.removeFirst();
    }
    boolean isFound = isComplete();
    boolean wasFound = !ahead.isEmpty() && SignalDetector.completing(ahead.getFirst()).equals(mark);
    if (wasFound) {
      passEarlier();
    }
    if (isFound != wasFound) {
      parted = mark;
    }
    if (!isFound) {
      return !toTheEnd && isWhereItWas(mark);
    }
    find();
    if (wasFound && !toTheEnd) {
      return true;
    }
    leapAfter(mark);
    return false;
  }

  private boolean isComplete() {
    Instant last = latest.getLast().occurredAt();
    return latest.size() == rule.count()
        && !last.isBefore(quietUntil(lastFound))
        && Duration.between(latest.getFirst().occurredAt(), last).compareTo(rule.within()) <= 0;
  }

  private void find() {
    Signal signal = signal(lastFound.number() + 1, List.copyOf(latest));
    found.add(signal);
    lastFound = NumberedMark.of(signal);
    latest.clear();
  }

  private void passEarlierBefore(Mark mark) {
    while (!ahead.isEmpty() && mark.isAfter(SignalDetector.completing(ahead.getFirst()))) {
      passEarlier();
      parted = lastEarlier.mark().isAfter(parted) ? lastEarlier.mark() : parted;
    }
  }

  private void passEarlier() {
    earlier.add(ahead.getFirst());
    lastEarlier = NumberedMark.of(ahead.removeFirst());
  }

  /** Whether both scans see the same latest marks and neither is in a cooldown. */
  private boolean isWhereItWas(Mark mark) {
    return latest.size() == rule.count()
        && latest.getFirst().isAfter(parted)
        && (lastEarlier.mark().equals(lastFound.mark())
            || (!mark.occurredAt().isBefore(quietUntil(lastEarlier))
                && !mark.occurredAt().isBefore(quietUntil(lastFound))));
  }

  /** Skips the cooldown of the last detection, in which nothing can be found. */
  private void leapAfter(Mark mark) {
    Mark loud = Mark.startOf(quietUntil(lastFound));
    if (loud.isAfter(mark)) {
      position = loud;
      isAddedAhead = isAddedAhead && added.isAfter(loud);
      read.clear();
      lookBack();
      passEarlierBefore(loud);
    }
  }

  /** Loads the latest marks before the position with which a pattern may begin. */
  private void lookBack() {
    Instant since = rule.lookBack().since(position.occurredAt());
    List<Mark> before = new ArrayList<>();
    marks.before(position, since, rule.count()).forEach(row -> before.add(row.mark()));
    if (!isAddedAhead) {
      before.add(added);
    }
    latest.clear();
    before.stream()
        .filter(mark -> mark.isAfter(lastFound.mark()))
        .sorted(Comparator.reverseOrder())
        .limit(rule.count() - 1L)
        .forEach(latest::addFirst);
  }

  private Optional<Mark> next() {
    if (read.isEmpty()) {
      marks.after(position, CHUNK).forEach(row -> read.addLast(row.mark()));
    }
    if (isAddedAhead && (read.isEmpty() || read.getFirst().isAfter(added))) {
      isAddedAhead = false;
      return Optional.of(added);
    }
    Optional<Mark> next = Optional.ofNullable(read.pollFirst());
    next.ifPresent(mark -> position = mark);
    return next;
  }

  private Instant quietUntil(NumberedMark last) {
    return last.mark().occurredAt().plus(rule.cooldown());
  }

  /**
   * A person's signals of one rule are numbered by time. So a late event that moves a pattern
   * corrects the signal that readers know, instead of retracting it and announcing another.
   */
  private Signal signal(long number, List<Mark> pattern) {
    return Signal.newBuilder()
        .setSignalId(id(number))
        .setSignal(rule.name())
        .setPerson(person)
        .setIdentifier(pattern.getLast().identifierOf(person))
        .setStatus(SignalDetector.DETECTED)
        .setFirstAt(pattern.getFirst().occurredAt())
        .setCompletedAt(pattern.getLast().occurredAt())
        .setEventIds(pattern.stream().map(Mark::eventId).toList())
        .setDescription(rule.description())
        .build();
  }

  private Signal numbered(Signal signal, long number) {
    return Signal.newBuilder(signal).setSignalId(id(number)).build();
  }

  private String id(long number) {
    return person + "|" + rule.name() + "|" + number;
  }
}
