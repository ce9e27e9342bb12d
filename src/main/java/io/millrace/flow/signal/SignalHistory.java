package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Marks;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.Optional;

/**
 * What a signal rule remembers of one person.
 *
 * @param memory how far it is settled; empty at the beginning
 * @param marks the events that count
 * @param standing the signals that stand and are not settled, each at the mark that completed it
 */
public record SignalHistory(Optional<SignalMemory> memory, Marks marks, Timeline<Signal> standing) {

  Optional<Instant> settledUntil() {
    return memory.flatMap(SignalMemory::getSettledUntil);
  }

  /** Where what is not settled begins. */
  Mark unsettled() {
    return settledUntil().map(Mark::startOf).orElse(Mark.EARLIEST);
  }

  Settlement.Before before() {
    return new Settlement.Before(
        settledUntil(),
        memory.flatMap(SignalMemory::getHeldSince),
        memory.map(SignalMemory::getHeld).orElse(0));
  }

  int standingCount() {
    return memory.map(SignalMemory::getStanding).orElse(0);
  }

  /** The last signal that is settled. */
  NumberedMark settled() {
    return settled(memory);
  }

  static NumberedMark settled(Optional<SignalMemory> memory) {
    return memory
        .flatMap(
            known ->
                known
                    .getSettledBy()
                    .map(
                        mark ->
                            new NumberedMark(
                                known.getSettledSignals(),
                                new Mark(mark.getOccurredAt(), mark.getEventId()))))
        .orElse(NumberedMark.NONE);
  }
}
