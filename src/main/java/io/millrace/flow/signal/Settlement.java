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
 * What can no longer change and is forgotten. No event before {@code until} will be counted again,
 * so of those marks only the few are kept that a later event still reaches back to.
 *
 * @param until events before this moment are no longer counted
 * @param heldSince no mark that is kept is before this moment: a store wades through what was
 *     deleted when it looks there
 * @param forgotten marks that nothing reaches any more
 */
public record Settlement(Instant until, Instant heldSince, List<Mark> forgotten) {
  /** Whoever does the same thing more often in so short a time is a machine. */
  static final int MAX_MARKS = 20_000;

  private static final int CHUNK = 64;

  public Settlement {
    forgotten = List.copyOf(forgotten);
  }

  /**
   * How a rule looks back from an event.
   *
   * @param others on how many earlier events at most
   * @param within how far
   * @param remember how far behind the newest event another may be and still be counted
   */
  public record Reach(int others, Duration within, Duration remember) {
    public Instant since(Instant moment) {
      Instant since = moment.minus(within);
      return later(since, Mark.EARLIEST.occurredAt());
    }
  }

  /**
   * How far it was settled before.
   *
   * @param held how many marks are held
   */
  public record Before(Optional<Instant> until, Optional<Instant> heldSince, int held) {
    private Mark oldest() {
      return heldSince.map(Mark::startOf).orElse(Mark.EARLIEST);
    }
  }

  /**
   * How far it is settled with one more mark.
   *
   * @param atLeast a moment it is settled up to in any case
   */
  public static Settlement with(
      Reach reach, Marks marks, Mark added, Before before, Instant atLeast) {
    Instant until = added.occurredAt().minus(reach.remember());
    until = later(later(until, before.until().orElse(atLeast)), atLeast);
    int tooMany = before.held() + 1 - MAX_MARKS;
    if (tooMany > 0) {
      List<Mark> oldestOnes = merged(marks.after(before.oldest(), tooMany), added);
      until = later(until, oldestOnes.get(tooMany - 1).occurredAt().plusMillis(1));
    }
    return before.until().filter(until::equals).isPresent()
        ? new Settlement(until, before.oldest().occurredAt(), List.of())
        : settled(reach, settled(marks, added, before.oldest(), until), until);
  }

  private static Settlement settled(Reach reach, List<Mark> settled, Instant until) {
    Instant since = reach.since(until);
    int reached = Math.max(0, settled.size() - reach.others());
    while (reached < settled.size() && settled.get(reached).occurredAt().isBefore(since)) {
      reached++;
    }
    Instant heldSince = reached < settled.size() ? settled.get(reached).occurredAt() : until;
    return new Settlement(until, heldSince, settled.subList(0, reached));
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

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
