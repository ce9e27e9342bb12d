package io.millrace.flow.signal;

import io.millrace.event.ActivityMark;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.event.SignalPart;
import io.millrace.flow.timeline.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes the events of an identifier out of a person's signals of one rule, and adds those of one
 * that joins. What is not settled is evaluated again: while nothing is settled, a person's signals
 * are those of {@link SignalDetector} for the events of the identifiers that belong to the person,
 * in whatever order they arrived, joined and left.
 *
 * <p>What is settled stays so, and no event is part of two settled signals:
 *
 * <ul>
 *   <li>A settled signal is not announced again, here or there. Its count in the score goes with
 *       the identifier whose event completed it, and so does its cooldown. Its number stays used
 *       here. No event up to the last settled signal goes anywhere, because that has used it.
 *   <li>What is settled of an identifier settles the person that it joins, up to the same time.
 *   <li>Events that are older than what is settled there can no longer be put among those of the
 *       others. They are evaluated by themselves: the signals they complete in the settled time are
 *       announced and settled at once. So a signal that only they form is not lost.
 * </ul>
 */
public final class SignalMembers {
  private final SignalRule rule;

  public SignalMembers(SignalRule rule) {
    this.rule = rule;
  }

  /**
   * An identifier has left.
   *
   * @param part what goes with it, for the person that it belongs to now
   */
  public record Parting(SignalOutcome outcome, SignalPart part) {}

  /**
   * From where on the signals are evaluated.
   *
   * @param settled signals that become final before that
   * @param last the last final signal
   * @param found signals that are final and not announced yet
   */
  private record Start(
      Instant moment, List<Signal> settled, NumberedMark last, List<Signal> found) {}

  /** Takes the events of an identifier out; empty if nothing of it is remembered. */
  public Optional<Parting> depart(SignalHistory history, String person, String identifier) {
    String own = Mark.relative(identifier, person);
    List<Mark> marks = history.allMarks();
    List<Mark> theirs = marks.stream().filter(mark -> mark.identifier().equals(own)).toList();
    NumberedMark last = history.settled();
    Optional<ActivityMark> settledBy =
        last.stored().filter(mark -> mark.getIdentifier().equals(own));
    if (theirs.isEmpty() && settledBy.isEmpty()) {
      return Optional.empty();
    }
    List<Mark> rest = marks.stream().filter(mark -> !mark.identifier().equals(own)).toList();
    Start start = new Start(history.unsettled().occurredAt(), List.of(), last, List.of());
    SignalMemory memory = history.memory().orElseThrow();
    SignalPart part =
        SignalPart.newBuilder()
            .setRule(rule.name())
            .setMarks(
                theirs.stream()
                    .filter(mark -> mark.isAfter(last.mark()))
                    .map(mark -> mark.by("").toActivityMark())
                    .toList())
            .setSettledUntil(memory.getSettledUntil().orElse(null))
            .setSettledBy(settledBy.map(mark -> Mark.of(mark).by("").toActivityMark()).orElse(null))
            .setHeardAt(memory.getHeardAt().orElse(null))
            .build();
    SignalOutcome outcome = evaluate(history, person, marks, rest, start, memory.getHeardAt());
    return Optional.of(new Parting(outcome, part));
  }

  /** Adds the events of an identifier; empty if there is nothing to add. */
  public Optional<SignalOutcome> join(
      SignalHistory history, String person, String identifier, SignalPart part) {
    String own = Mark.relative(identifier, person);
    List<Mark> brought =
        part.getMarks().stream()
            .map(mark -> Mark.of(mark).by(own))
            .filter(mark -> !history.marks().knows(mark))
            .toList();
    Optional<Mark> settledBy = part.getSettledBy().map(mark -> Mark.of(mark).by(own));
    if (brought.isEmpty() && settledBy.isEmpty()) {
      return Optional.empty();
    }
    List<Mark> before = history.allMarks();
    List<Mark> marks = Stream.concat(before.stream(), brought.stream()).sorted().toList();
    Start start =
        start(history, person, brought, settledBy.orElse(Mark.EARLIEST), part.getSettledUntil());
    Optional<Instant> heardAt =
        Stream.of(history.memory().flatMap(SignalMemory::getHeardAt), part.getHeardAt())
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return Optional.of(evaluate(history, person, before, marks, start, heardAt));
  }

  private Start start(
      SignalHistory history,
      String person,
      List<Mark> brought,
      Mark settledBy,
      Optional<Instant> settledUntil) {
    Instant moment =
        Cutoff.later(
            history.unsettled().occurredAt(), settledUntil.orElse(Mark.EARLIEST.occurredAt()));
    List<Signal> settled = before(history.allActive(), moment);
    NumberedMark last = settled.isEmpty() ? history.settled() : NumberedMark.of(settled.getLast());
    NumberedMark theirLast = new NumberedMark(last.number(), settledBy);
    List<Signal> found = before(SignalScan.ofAll(rule, person, brought, theirLast), moment);
    if (!found.isEmpty()) {
      theirLast = NumberedMark.of(found.getLast());
    }
    Mark mark = last.mark().isAfter(theirLast.mark()) ? last.mark() : theirLast.mark();
    return new Start(moment, settled, new NumberedMark(theirLast.number(), mark), found);
  }

  /**
   * Evaluates a person's events again.
   *
   * @param before the marks until now
   * @param after the marks from now on, in order
   */
  private SignalOutcome evaluate(
      SignalHistory history,
      String person,
      List<Mark> before,
      List<Mark> after,
      Start start,
      Optional<Instant> heardAt) {
    List<Mark> usable = without(after, Cutoff.at(rule.lookBack(), after, start.moment()));
    List<Signal> found = SignalScan.ofAll(rule, person, usable, start.last());
    Cutoff cutoff = Cutoff.of(rule.lookBack(), usable, settledAtLeast(found, start));
    List<Signal> settled = before(found, cutoff.until());
    NumberedMark last = settled.isEmpty() ? start.last() : NumberedMark.of(settled.getLast());
    List<Mark> kept = without(usable, cutoff);
    SignalMemory memory =
        SignalMemory.newBuilder()
            .setSettledUntil(cutoff.until())
            .setRule(rule.fingerprint())
            .setHeld(kept.size())
            .setHeldSince(cutoff.heldSince())
            .setStanding(found.size() - settled.size())
            .setSettledSignals(last.number())
            .setSettledBy(last.stored().orElse(null))
            .setHeardAt(heardAt.orElse(null))
            .build();
    List<Signal> standing = new ArrayList<>(history.allActive());
    standing.removeAll(start.settled());
    return new SignalOutcome(
        memory,
        difference(kept, before),
        difference(before, kept),
        SignalChange.between(standing, joined(start.found(), found)),
        joined(joined(start.settled(), start.found()), settled));
  }

  private static Instant settledAtLeast(List<Signal> found, Start start) {
    int tooMany = found.size() - SignalDetector.MAX_ACTIVE;
    return tooMany <= 0
        ? start.moment()
        : Cutoff.later(start.moment(), found.get(tooMany - 1).getCompletedAt().plusMillis(1));
  }

  private static List<Signal> before(List<Signal> signals, Instant moment) {
    Mark end = Mark.startOf(moment);
    return signals.stream()
        .takeWhile(signal -> end.isAfter(SignalDetector.completing(signal)))
        .toList();
  }

  private static List<Mark> without(List<Mark> marks, Cutoff cutoff) {
    return difference(marks, cutoff.forgotten());
  }

  private static List<Mark> difference(List<Mark> marks, List<Mark> others) {
    Set<Mark> removed = new HashSet<>(others);
    return marks.stream().filter(mark -> !removed.contains(mark)).toList();
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
