package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a signal rule remembers of one person.
 *
 * @param memory up to where it is settled; empty at the beginning
 * @param marks the events that count
 * @param active the current signals that are not settled, each at the mark that completed it
 */
public record SignalHistory(Optional<SignalMemory> memory, Marks marks, Timeline<Signal> active) {
  /** More than are ever kept. */
  private static final int MOST_MARKS = 2 * Cutoff.MAX_MARKS;

  Optional<Instant> settledUntil() {
    return memory.flatMap(SignalMemory::getSettledUntil);
  }

  /** Every mark, in order. */
  List<Mark> allMarks() {
    return marks.after(before().oldest(), MOST_MARKS).stream().map(Timeline.Row::mark).toList();
  }

  /** Every signal that is not settled, in order. */
  List<Signal> allActive() {
    return activeCount() == 0
        ? List.of()
        : active.after(unsettled(), MOST_MARKS).stream().map(Timeline.Row::value).toList();
  }

  /** The start of the unsettled part. */
  Mark unsettled() {
    return settledUntil().map(Mark::startOf).orElse(Mark.EARLIEST);
  }

  Cutoff.Before before() {
    return new Cutoff.Before(
        settledUntil(),
        memory.flatMap(SignalMemory::getHeldSince),
        memory.map(SignalMemory::getHeld).orElse(0));
  }

  int activeCount() {
    return memory.map(SignalMemory::getStanding).orElse(0);
  }

  /** The last settled signal. */
  NumberedMark settled() {
    return settled(memory);
  }

  static NumberedMark settled(Optional<SignalMemory> memory) {
    return memory
        .flatMap(
            known ->
                known
                    .getSettledBy()
                    .map(mark -> new NumberedMark(known.getSettledSignals(), Mark.of(mark))))
        .orElse(NumberedMark.NONE);
  }
}
