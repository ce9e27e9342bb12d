package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.flow.timeline.Mark;
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
 * Looks for a pattern from a mark on, until it is where the scan before it was: from there all
 * stands as it stood. So an event costs what it changes, not what is remembered.
 *
 * <p>From left to right: the pattern starts anew after each detection, and none is completed while
 * the one before cools down.
 */
final class SignalScan {
  private static final int CHUNK = 16;

  private final SignalRule rule;
  private final String person;
  private final Marks marks;
  private final Mark added;
  private final boolean toTheEnd;

  /** What stood and is still ahead of the scan. */
  private final Deque<Signal> ahead;

  private final List<Signal> stood = new ArrayList<>();
  private final List<Signal> found = new ArrayList<>();
  private final Deque<Mark> read = new ArrayDeque<>();

  /** The latest marks since the last detection, no more than a pattern has. */
  private final Deque<Mark> latest = new ArrayDeque<>();

  private NumberedMark lastStood;
  private NumberedMark lastFound;

  /** Where this scan and the one before last went different ways. */
  private Mark parted;

  private Mark position;
  private boolean isAddedAhead;

  /**
   * @param added a mark that is not among the others yet
   * @param last what completed the last signal before the place to start from
   * @param ahead the signals that stand after that place
   * @param toTheEnd whether even what looks the same is looked at again
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
    lastStood = last;
    lastFound = last;
    parted = added;
    position = toTheEnd ? last.mark() : added;
    isAddedAhead = true;
  }

  /** What is new in the signals that stand. */
  List<SignalChange> changes() {
    lookBack();
    leapAfter(position);
    boolean met = false;
    for (Optional<Mark> mark = next(); mark.isPresent() && !met; mark = next()) {
      met = see(mark.get());
    }
    if (met && lastFound.number() != lastStood.number()) {
      long shift = lastFound.number() - lastStood.number();
      ahead.forEach(signal -> found.add(numbered(signal, SignalDetector.number(signal) + shift)));
    }
    if (!met || lastFound.number() != lastStood.number()) {
      stood.addAll(ahead);
    }
    return SignalChange.between(stood, found);
  }

  /** Whether from here on all stands as it stood. */
  private boolean see(Mark mark) {
    passStoodBefore(mark);
    latest.addLast(mark);
    if (latest.size() > rule.count()) {
      latest.removeFirst();
    }
    boolean isFound = isComplete();
    boolean hasStood = !ahead.isEmpty() && SignalDetector.completing(ahead.getFirst()).equals(mark);
    if (hasStood) {
      passStood();
    }
    if (isFound != hasStood) {
      parted = mark;
    }
    if (!isFound) {
      return !toTheEnd && isWhereItWas(mark);
    }
    find();
    if (hasStood && !toTheEnd) {
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

  private void passStoodBefore(Mark mark) {
    while (!ahead.isEmpty() && mark.isAfter(SignalDetector.completing(ahead.getFirst()))) {
      passStood();
      parted = lastStood.mark().isAfter(parted) ? lastStood.mark() : parted;
    }
  }

  private void passStood() {
    stood.add(ahead.getFirst());
    lastStood = NumberedMark.of(ahead.removeFirst());
  }

  /** Whether both scans see the same latest marks and are through with waiting. */
  private boolean isWhereItWas(Mark mark) {
    return latest.size() == rule.count()
        && latest.getFirst().isAfter(parted)
        && (lastStood.mark().equals(lastFound.mark())
            || (!mark.occurredAt().isBefore(quietUntil(lastStood))
                && !mark.occurredAt().isBefore(quietUntil(lastFound))));
  }

  /** Nothing can be found before the last detection has cooled down. */
  private void leapAfter(Mark mark) {
    Mark loud = Mark.startOf(quietUntil(lastFound));
    if (loud.isAfter(mark)) {
      position = loud;
      isAddedAhead = isAddedAhead && added.isAfter(loud);
      read.clear();
      lookBack();
      passStoodBefore(loud);
    }
  }

  /** Takes up the latest marks before the position that a pattern may begin with. */
  private void lookBack() {
    Instant since = rule.reach().since(position.occurredAt());
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
   * A person's signals of one rule are numbered in the order of their time. So a late event that
   * moves a pattern corrects the signal its readers know, in place of taking it back and announcing
   * another.
   */
  private Signal signal(long number, List<Mark> pattern) {
    return Signal.newBuilder()
        .setSignalId(id(number))
        .setSignal(rule.name())
        .setPerson(person)
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
