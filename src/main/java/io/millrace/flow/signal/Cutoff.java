package io.millrace.flow.signal;

import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import io.millrace.flow.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Up to where a person's history is final. No event before {@code until} is counted any more, so
 * only those earlier marks are kept that a later event can still look back to.
 *
 * @param until events before this moment are no longer counted
 * @param heldSince no kept mark is before this moment; reading earlier rows would scan the
 *     tombstones of deleted ones
 * @param forgotten marks that are no longer needed
 */
public record Cutoff(Instant until, Instant heldSince, List<Mark> forgotten) {
  /** A person who does the same thing more often in this time is a machine. */
  public static final int MAX_MARKS = 20_000;

  private static final int CHUNK = 64;

  public Cutoff {
    forgotten = List.copyOf(forgotten);
  }

  /**
   * How far a rule looks back from an event.
   *
   * @param others the most earlier events
   * @param within the longest time
   * @param remember how much older than the newest event another one may be and still be counted
   */
  public record LookBack(int others, Duration within, Duration remember) {
    public Instant since(Instant moment) {
      Instant since = moment.minus(within);
      return later(since, Mark.EARLIEST.occurredAt());
    }
  }

  /**
   * The cutoff so far.
   *
   * @param held how many marks are kept
   */
  public record Before(Optional<Instant> until, Optional<Instant> heldSince, int held) {
    /** No kept mark is before this. */
    public Mark oldest() {
      return heldSince.map(Mark::startOf).orElse(Mark.EARLIEST);
    }
  }

  /**
   * The cutoff after one more mark.
   *
   * @param atLeast the earliest possible cutoff
   */
  public static Cutoff with(
      LookBack lookBack, Marks marks, Mark added, Before before, Instant atLeast) {
    Instant until = added.occurredAt().minus(lookBack.remember());
    until = later(later(until, before.until().orElse(atLeast)), atLeast);
    int tooMany = before.held() + 1 - MAX_MARKS;
    if (tooMany > 0) {
      List<Mark> oldestOnes = merged(marks.after(before.oldest(), tooMany), added);
      until = later(until, oldestOnes.get(tooMany - 1).occurredAt().plusMillis(1));
    }
    return before.until().filter(until::equals).isPresent()
        ? new Cutoff(until, before.oldest().occurredAt(), List.of())
        : settled(lookBack, settled(marks, added, before.oldest(), until), until);
  }

  /**
   * The cutoff when all marks are at hand.
   *
   * @param held every kept mark, in order
   * @param atLeast the earliest possible cutoff
   */
  public static Cutoff of(LookBack lookBack, List<Mark> held, Instant atLeast) {
    Instant until = atLeast;
    if (!held.isEmpty()) {
      until = later(until, held.getLast().occurredAt().minus(lookBack.remember()));
    }
    int tooMany = held.size() - MAX_MARKS;
    if (tooMany > 0) {
      until = later(until, held.get(tooMany - 1).occurredAt().plusMillis(1));
    }
    return at(lookBack, held, until);
  }

  /** What is forgotten by a given cutoff. */
  public static Cutoff at(LookBack lookBack, List<Mark> held, Instant until) {
    Mark end = Mark.startOf(until);
    return settled(lookBack, held.stream().takeWhile(end::isAfter).toList(), until);
  }

  private static Cutoff settled(LookBack lookBack, List<Mark> settled, Instant until) {
    Instant since = lookBack.since(until);
    int reached = Math.max(0, settled.size() - lookBack.others());
    while (reached < settled.size() && settled.get(reached).occurredAt().isBefore(since)) {
      reached++;
    }
    Instant heldSince = reached < settled.size() ? settled.get(reached).occurredAt() : until;
    return new Cutoff(until, heldSince, settled.subList(0, reached));
  }

  private static List<Mark> settled(Marks marks, Mark added, Mark oldest, Instant until) {
    Mark end = Mark.startOf(until);
    List<Mark> settled = new ArrayList<>();
    if (end.isAfter(added)) {
      settled.add(added);
    }
    Mark last = oldest;
    while (end.isAfter(last)) {
      List<Timeline.Row<Long>> next = marks.after(last, CHUNK);
      next.stream().map(Timeline.Row::mark).filter(end::isAfter).forEach(settled::add);
      last = next.size() < CHUNK ? end : next.getLast().mark();
    }
    settled.sort(null);
    return settled;
  }

  private static List<Mark> merged(List<Timeline.Row<Long>> rows, Mark added) {
    List<Mark> marks = new ArrayList<>(rows.stream().map(Timeline.Row::mark).toList());
    marks.add(added);
    marks.sort(null);
    return marks;
  }

  /** The later of two moments. */
  public static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
