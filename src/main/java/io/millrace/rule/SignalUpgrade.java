package io.millrace.rule;

import io.millrace.event.ActivityMark;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What version 1 held in one value, which it wrote anew with every event, as rows.
 *
 * @param memory what is left in the value
 * @param marks rows to write
 * @param standing rows to write
 */
public record SignalUpgrade(SignalMemory memory, List<Mark> marks, List<Signal> standing) {
  public SignalUpgrade {
    marks = List.copyOf(marks);
    standing = List.copyOf(standing);
  }

  /** Whether a memory is as version 1 wrote it. */
  public static boolean isNeeded(SignalMemory memory) {
    return !memory.getMarks().isEmpty() || !memory.getDetected().isEmpty();
  }

  /** The same memory in today's form. */
  public static SignalUpgrade of(SignalMemory memory) {
    Instant until = memory.getSettledUntil().orElse(Mark.EARLIEST.occurredAt());
    List<Signal> standing =
        memory.getDetected().stream()
            .filter(signal -> !signal.getCompletedAt().isBefore(until))
            .toList();
    Optional<NumberedMark> settled =
        memory.getDetected().stream()
            .filter(signal -> signal.getCompletedAt().isBefore(until))
            .reduce((earlier, later) -> later)
            .map(NumberedMark::of);
    SignalMemory.Builder upgraded =
        SignalMemory.newBuilder(memory)
            .setMarks(List.of())
            .setDetected(List.of())
            .setHeld(memory.getMarks().size())
            .setStanding(standing.size());
    settled.ifPresent(
        last ->
            upgraded
                .setSettledSignals(last.number())
                .setSettledBy(new ActivityMark(last.mark().occurredAt(), last.mark().eventId())));
    return new SignalUpgrade(upgraded.build(), marks(memory), standing);
  }

  private static List<Mark> marks(SignalMemory memory) {
    return memory.getMarks().stream()
        .map(mark -> new Mark(mark.getOccurredAt(), mark.getEventId()))
        .toList();
  }
}
